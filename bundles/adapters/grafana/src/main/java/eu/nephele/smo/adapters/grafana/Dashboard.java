// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The desired dashboard in its folder. Its description has a digest of its content, so that equal ones are not sent again. */
final class Dashboard {

    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    private final Folder folder;
    private final ObjectNode content;
    private final String digest;

    record Folder(String uid, String title) {}

    /** @param content without description and version */
    Dashboard(Folder folder, ObjectNode content) {
        this.folder = folder;
        this.content = content.deepCopy();
        this.digest = DashboardOwnership.sha256(folder.uid() + "\n" + content);
    }

    /** Returns the digest in a description; empty for none. */
    static Optional<String> digestIn(String description) {
        Matcher found = DIGEST.matcher(description);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    String uid() {
        return content.path("uid").asText();
    }

    String title() {
        return content.path("title").asText();
    }

    Set<String> tags() {
        return GrafanaResponseReader.tags(content);
    }

    Folder folder() {
        return folder;
    }

    String digest() {
        return digest;
    }

    /** @param version of the dashboard that this one replaces, 0 for none */
    ObjectNode json(int version) {
        return content.deepCopy()
                .put("version", version)
                .put(
                        "description",
                        "Made by the SMO, which replaces it when something of its own changes: keep changes of yours in a copy."
                                + " sha256:" + digest);
    }
}
