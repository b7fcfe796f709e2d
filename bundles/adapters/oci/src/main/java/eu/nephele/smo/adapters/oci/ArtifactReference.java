// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reference of an artifact. A digest takes precedence over a tag.
 *
 * @param scheme {@code oci}, {@code http} or {@code https}
 * @param registry host with an optional port
 * @param repository path in the registry
 */
record ArtifactReference(
        String scheme, String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    private static final Pattern REFERENCE =
            Pattern.compile("(oci|https?)://([^/@]+)/([^:@]+)(?::([^:@]+))?(?:@(.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern REGISTRY =
            Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final int MAX_LENGTH = 512;

    /** @throws AdapterException {@code REFUSED} if it is not a reference; the message names the error */
    static ArtifactReference parse(String text) {
        Matcher parts = REFERENCE.matcher(text.strip());
        if (text.length() > MAX_LENGTH || !parts.matches()) {
            throw refused(text, "expected oci://HOST[:PORT]/PATH, then :TAG or @sha256:DIGEST if one is meant");
        }
        String registry = parts.group(2).toLowerCase(Locale.ROOT);
        if (!isRegistry(registry)) {
            throw refused(text, registry + " is not HOST or HOST:PORT");
        }
        return new ArtifactReference(
                parts.group(1).toLowerCase(Locale.ROOT),
                registry,
                repository(text, parts.group(3)),
                Optional.ofNullable(parts.group(4)).map(tag -> tag(text, tag)),
                Optional.ofNullable(parts.group(5)).map(digest -> digest(text, digest)));
    }

    static boolean isRegistry(String text) {
        return REGISTRY.matcher(text).matches();
    }

    ArtifactReference at(Digest exactly) {
        return new ArtifactReference(scheme, registry, repository, Optional.empty(), Optional.of(exactly));
    }

    private static String repository(String text, String path) {
        for (String name : path.split("/", -1)) {
            if (!NAME.matcher(name).matches()) {
                throw refused(
                        text,
                        "\"%s\" in its path is not a valid name: lower-case letters, digits, and . _ - between them"
                                .formatted(name));
            }
        }
        return path;
    }

    private static String tag(String text, String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw refused(text, "\"%s\" is not a tag: letters, digits, and . _ - after the first".formatted(tag));
        }
        return tag;
    }

    private static Digest digest(String text, String digest) {
        return Digest.parse(digest)
                .orElseThrow(() -> refused(text, "its digest must be sha256: and 64 hex digits in lower case"));
    }

    private static AdapterException refused(String text, String why) {
        String shown = text.contains("@") && !text.contains("@sha256:") ? text.replaceAll("//[^@]*@", "//…@") : text;
        return RegistryFailures.refused(
                "The reference %s is wrong: %s".formatted(RegistryMessages.bounded(shown), why));
    }

    @Override
    public String toString() {
        return scheme + "://" + registry + "/" + repository
                + tag.map(name -> ":" + name).orElse("")
                + digest.map(exactly -> "@" + exactly).orElse("");
    }
}
