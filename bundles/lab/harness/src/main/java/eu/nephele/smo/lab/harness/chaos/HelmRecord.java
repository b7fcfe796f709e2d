// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A revision of a release, as Helm keeps it in a Secret.
 *
 * @param server whose API server has it
 * @param status deployed, superseded, failed, pending-install, …
 * @param body content packed by Helm
 */
record HelmRecord(String server, String name, int revision, String status, JsonNode body) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MARKS = "smo ";

    static HelmRecord read(String server, Secret secret) throws IOException {
        Map<String, String> labels = secret.getMetadata().getLabels();
        byte[] ofHelm = Base64.getDecoder().decode(secret.getData().getOrDefault("release", ""));
        byte[] packed = Base64.getDecoder().decode(ofHelm);
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new HelmRecord(
                    server,
                    labels.getOrDefault("name", ""),
                    Integer.parseInt(labels.getOrDefault("version", "0")),
                    labels.getOrDefault("status", ""),
                    JSON.readTree(body));
        }
    }

    boolean isDone() {
        return status.equals("deployed") || status.equals("superseded");
    }

    /** Returns the SMO's marks; missing if it has not written any. */
    JsonNode marks() {
        String description = body.at("/info/description").asText();
        try {
            return description.startsWith(MARKS)
                    ? JSON.readTree(description.substring(MARKS.length()))
                    : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    String key() {
        return "%s/%s/%s#%s %s"
                .formatted(
                        marks().path("project").asText(),
                        marks().path("graph").asText(),
                        marks().path("service").asText(),
                        marks().path("assignment").asText(),
                        marks().path("step").asText());
    }

    JsonNode values() {
        return body.path("config");
    }

    String reference() {
        return marks().path("reference").asText();
    }

    /** Returns whether an earlier revision was the same already, by the same decision. */
    boolean repeats(HelmRecord earlier) {
        return isDone()
                && earlier.isDone()
                && server.equals(earlier.server)
                && name.equals(earlier.name)
                && key().equals(earlier.key())
                && values().equals(earlier.values())
                && marks().path("chart").equals(earlier.marks().path("chart"));
    }
}
