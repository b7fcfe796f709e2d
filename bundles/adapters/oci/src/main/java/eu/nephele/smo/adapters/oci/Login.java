// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * @param registry host with an optional port
 * @param user name of the user; {@code token}: the secret is a bearer token
 */
record Login(String registry, String user, String secret) {

    private static final Pattern ENTRY = Pattern.compile("([^=]+)=([^:]+):([a-z][a-z0-9+.-]*:.+)");
    private static final String TOKEN = "token";

    boolean isToken() {
        return user.equals(TOKEN);
    }

    /**
     * @param entry {@code HOST[:PORT]=USER:REFERENCE}
     * @throws IllegalArgumentException naming the key; the entry is not repeated, it may hold a secret by mistake
     */
    static Login parse(String entry) {
        Matcher parts = ENTRY.matcher(entry.strip());
        String registry = parts.matches() ? parts.group(1).strip().toLowerCase(Locale.ROOT) : "";
        if (!ArtifactReference.isRegistry(registry)) {
            throw OciSettings.wrong(
                    "credentials",
                    registry + "…",
                    "HOST[:PORT]=USER:REFERENCE or HOST[:PORT]=token:REFERENCE, where REFERENCE is file:PATH or env:NAME");
        }
        return new Login(registry, parts.group(2).strip(), parts.group(3).strip());
    }
}
