/** Some nodes of the portal refuse what does not look like a browser (spec §2). */
export const defaultUserAgent = 'Mozilla/5.0 (compatible; Muhr/0.1)'
