// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.distribution.assembly.ShippedFile.ContainedArtifact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The bill of materials of an installation, as CycloneDX 1.5: each jar with its digest, and what is inside it. */
final class BillOfMaterials {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String version;
    private final String timestamp;
    private final Function<Coordinates, List<String>> licences;

    /**
     * @param timestamp that of all outputs of this build, so that two builds write the same
     * @param licences SPDX ids of an artifact of others
     */
    BillOfMaterials(String version, String timestamp, Function<Coordinates, List<String>> licences) {
        this.version = version;
        this.timestamp = timestamp;
        this.licences = licences;
    }

    String json(List<ShippedFile> files) throws java.io.IOException {
        ArrayNode components = JSON.createArrayNode();
        files.forEach(file -> components.add(component(file)));
        ObjectNode bom = JSON.createObjectNode();
        bom.put("$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json")
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.5")
                .put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(JSON.writeValueAsBytes(components)))
                .put("version", 1);
        ObjectNode metadata = bom.putObject("metadata").put("timestamp", timestamp);
        ObjectNode product = metadata.putObject("component")
                .put("type", "application")
                .put("bom-ref", "smo")
                .put("group", "eu.nephele.smo")
                .put("name", "smo")
                .put("version", version);
        product.putArray("licenses").addObject().putObject("license").put("id", "Apache-2.0");
        bom.set("components", components);
        return JSON.writeValueAsString(bom) + "\n";
    }

    private ObjectNode component(ShippedFile file) {
        ObjectNode node = described(file.origin(), file.path(), file.sha256());
        licences(node, file.own() ? List.of("Apache-2.0") : licences.apply(file.origin()));
        node.put("purl", purl(file.origin()));
        property(node, "smo:file", file.path());
        if (!file.contents().isEmpty()) {
            ArrayNode inside = node.putArray("components");
            file.contents().forEach(part -> inside.add(component(file, part)));
        }
        return node;
    }

    private ObjectNode component(ShippedFile within, ContainedArtifact part) {
        String name = part.path().isEmpty() ? part.origin().artifact() : part.path();
        ObjectNode node = described(part.origin(), within.path() + "!/" + name, part.sha256());
        licences(node, licences.apply(part.origin()));
        node.put("purl", purl(part.origin()));
        if (!part.path().isEmpty()) {
            property(node, "smo:file", within.path() + "!/" + part.path());
        }
        return node;
    }

    private static ObjectNode described(Coordinates origin, String reference, String sha256) {
        ObjectNode node = JSON.createObjectNode()
                .put("type", "library")
                .put("bom-ref", reference)
                .put("group", origin.group())
                .put("name", origin.artifact())
                .put("version", origin.version());
        if (!sha256.isEmpty()) {
            node.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256);
        }
        return node;
    }

    private static void licences(ObjectNode node, List<String> ids) {
        ArrayNode array = node.putArray("licenses");
        ids.forEach(id -> array.addObject().putObject("license").put(id.startsWith("LicenseRef-") ? "name" : "id", id));
    }

    private static void property(ObjectNode node, String name, String value) {
        node.withArray("properties").addObject().put("name", name).put("value", value);
    }

    private static String purl(Coordinates origin) {
        return "pkg:maven/%s/%s@%s?type=jar"
                .formatted(
                        origin.group(),
                        origin.artifact(),
                        java.net.URLEncoder.encode(origin.version(), StandardCharsets.UTF_8));
    }
}
