import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Is a JDK here, which runs source files and has XML signatures (javax.xml.crypto)? */
export const hasJdk = spawnSync('javac', ['-version']).status === 0

/** Reads commands, a line each, and answers each with a line. */
const source = `
import java.io.*; import java.nio.file.*; import java.security.*; import java.security.cert.*;
import java.security.spec.*; import java.util.*; import javax.xml.crypto.*; import javax.xml.crypto.dom.*;
import javax.xml.crypto.dsig.*; import javax.xml.crypto.dsig.dom.*; import javax.xml.crypto.dsig.keyinfo.*;
import javax.xml.crypto.dsig.spec.*; import javax.xml.parsers.*; import javax.xml.transform.*;
import javax.xml.transform.dom.*; import javax.xml.transform.stream.*; import org.w3c.dom.*;

public class Peer {
  static Document read(String file) throws Exception {
    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
    f.setNamespaceAware(true);
    Document d = f.newDocumentBuilder().parse(new File(file));
    NodeList all = d.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element e = (Element) all.item(i);
      if (e.hasAttribute("Id")) e.setIdAttribute("Id", true);
    }
    return d;
  }
  static class Keys extends KeySelector {
    public KeySelectorResult select(KeyInfo info, Purpose p, AlgorithmMethod m, XMLCryptoContext c) {
      for (Object o : info.getContent()) if (o instanceof X509Data)
        for (Object x : ((X509Data) o).getContent()) if (x instanceof X509Certificate)
          return () -> ((X509Certificate) x).getPublicKey();
      return null;
    }
  }
  static boolean verify(String file) throws Exception {
    Document d = read(file);
    NodeList l = d.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
    DOMValidateContext c = new DOMValidateContext(new Keys(), l.item(l.getLength() - 1));
    return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(c).validate(c);
  }
  static void sign(String key, String cert, String in, String out, String mode, String c14n, String alg)
      throws Exception {
    String kind = alg.contains("ecdsa") ? "EC" : "RSA";
    PrivateKey k = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(key))));
    X509Certificate x = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(cert));
    XMLSignatureFactory f = XMLSignatureFactory.getInstance("DOM");
    Document d = read(in);
    List<Transform> t = new ArrayList<>();
    if (mode.equals("enveloped")) t.add(f.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null));
    t.add(f.newTransform(c14n, (TransformParameterSpec) null));
    String uri = mode.equals("enveloped") ? "" : mode.equals("enveloping") ? "#object" : "#item";
    Reference r = f.newReference(uri, f.newDigestMethod(DigestMethod.SHA256, null), t, null, null);
    SignedInfo s = f.newSignedInfo(f.newCanonicalizationMethod(c14n, (C14NMethodParameterSpec) null), f.newSignatureMethod(alg, null), List.of(r));
    KeyInfoFactory kf = f.getKeyInfoFactory();
    KeyInfo ki = kf.newKeyInfo(List.of(kf.newX509Data(List.of(x))));
    Document target = d;
    List<XMLObject> objects = null;
    if (mode.equals("enveloping")) {
      objects = List.of(f.newXMLObject(List.of(new DOMStructure(d.getDocumentElement())), "object", null, null));
      target = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
    }
    DOMSignContext c = new DOMSignContext(k, mode.equals("enveloping") ? target : d.getDocumentElement());
    f.newXMLSignature(s, ki, objects, null, null).sign(c);
    TransformerFactory.newInstance().newTransformer().transform(new DOMSource(target), new StreamResult(new File(out)));
  }
  public static void main(String[] a) throws Exception {
    for (String line : Files.readAllLines(Path.of(a[0]))) {
      String[] w = line.split("\\t");
      try {
        if (w[0].equals("verify")) System.out.println(verify(w[1]));
        else { sign(w[1], w[2], w[3], w[4], w[5], w[6], w[7]); System.out.println("signed"); }
      } catch (Exception e) { System.out.println("error " + e); }
    }
  }
}
`

/** A folder with files, and commands over them for one run of the JDK. */
export type JdkPeer = {
  readonly write: (name: string, content: Uint8Array) => void
  readonly read: (name: string) => Uint8Array
  /** `verify FILE` or `sign KEY CERT IN OUT MODE C14N METHOD`; one answer for each. */
  readonly run: (commands: readonly (readonly string[])[]) => readonly string[]
}

/** Runs `use` in a new folder, which is gone afterwards. */
export const withJdk = async <T>(use: (peer: JdkPeer) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-jdk-'))
  try {
    writeFileSync(join(folder, 'Peer.java'), source)
    return await use({
      write: (name, content) => writeFileSync(join(folder, name), content),
      read: (name) => new Uint8Array(readFileSync(join(folder, name))),
      run: (commands) => {
        writeFileSync(
          join(folder, 'commands'),
          commands.map((words) => words.join('\t')).join('\n'),
        )
        const { stdout } = spawnSync('java', ['-Xshare:auto', 'Peer.java', 'commands'], {
          cwd: folder,
          encoding: 'utf8',
        })
        return stdout.trim().split('\n')
      },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
