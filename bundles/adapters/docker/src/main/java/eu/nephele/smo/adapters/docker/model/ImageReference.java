// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image as engines name it: {@code host/path:tag} or {@code host/path@sha256:…}.
 *
 * @param name what is given to the engine, with tag or digest
 */
public record ImageReference(String name) {

    private static final String SCHEME = "oci://";
    private static final int LONGEST = 512;
    private static final Pattern FORM = Pattern.compile("(?<repository>[a-z0-9][A-Za-z0-9._-]*(?::[0-9]{1,5})?"
            + "(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)"
            + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
            + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    /**
     * @param reference {@code oci://host[:port]/path[:tag][@sha256:…]}; without a tag and a digest the tag is {@code
     *     latest}
     * @throws IllegalArgumentException if it is none
     */
    public static ImageReference parse(String reference) {
        String plain = reference.startsWith(SCHEME) ? reference.substring(SCHEME.length()) : reference;
        Matcher form = FORM.matcher(plain);
        if (plain.length() > LONGEST || !form.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no image, expected oci://HOST/PATH:TAG or oci://HOST/PATH@sha256:DIGEST"
                            .formatted(reference));
        }
        boolean named = form.group("tag") != null || form.group("digest") != null;
        return new ImageReference(named ? plain : plain + ":latest");
    }

    /** Host of the registry, with its port; "" where the reference leaves it to the engine. */
    public String registry() {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "";
    }

    /** Whether the same name may mean another image tomorrow although nobody meant to change it. */
    public boolean floats() {
        return name.endsWith(":latest");
    }
}
