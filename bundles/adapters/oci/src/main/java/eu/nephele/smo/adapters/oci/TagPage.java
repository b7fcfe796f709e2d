// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.adapters.oci.RegistryClient.Document;
import eu.nephele.smo.api.port.AdapterException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One page of the tags of a repository; the last has no next one. */
record TagPage(List<String> tags, Optional<URI> next) {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    TagPage {
        tags = List.copyOf(tags);
    }

    static TagPage create(Document document, URI page, ArtifactReference of) {
        Matcher link = NEXT.matcher(document.headers().getOrDefault("link", ""));
        return new TagPage(
                tags(document.content(), of),
                link.find() ? Optional.of(following(page, link.group(1), of)) : Optional.empty());
    }

    /** Returns the next page; a registry that ends TLS may write http:// into its links, so the scheme of the request stays. */
    private static URI following(URI page, String link, ArtifactReference of) {
        try {
            URI next = page.resolve(link);
            if (page.getAuthority().equals(next.getAuthority())) {
                return page.resolve(next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()));
            }
        } catch (IllegalArgumentException noAddress) {
            throw RegistryFailures.refused("Registry %s redirects the tags of %s to an invalid address: %s"
                    .formatted(of.registry(), of, RegistryMessages.bounded(link)));
        }
        throw RegistryFailures.refused("Registry %s redirects the tags of %s to another host or path: %s"
                .formatted(of.registry(), of, RegistryMessages.bounded(link)));
    }

    private static List<String> tags(String content, ArtifactReference of) {
        Map<?, ?> answer = RegistryJson.object(content).orElseThrow(() -> none(of));
        Object tags = answer.get("tags");
        if (tags == null) {
            return List.of();
        }
        if (!(tags instanceof List<?> listed)) {
            throw none(of);
        }
        return listed.stream().filter(Objects::nonNull).map(String::valueOf).toList();
    }

    private static AdapterException none(ArtifactReference of) {
        return RegistryFailures.refused(
                "Registry %s returns tags of %s that are not a list of tags".formatted(of.registry(), of));
    }
}
