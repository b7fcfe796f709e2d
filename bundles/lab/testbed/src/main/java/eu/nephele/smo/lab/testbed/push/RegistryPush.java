// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.push;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Pushes to a registry by the distribution API of OCI, over plain HTTP and without credentials: for test beds. */
final class RegistryPush {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = new JsonMapper();
    private final URI registry;

    RegistryPush(String host) {
        registry = URI.create("http://" + host);
    }

    /** @return the digest of the manifest */
    String push(String repository, PushedArtifact artifact) throws IOException, InterruptedException {
        ObjectNode manifest = json.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        manifest.set("config", blob(repository, artifact.config()));
        manifest.putArray("layers").add(blob(repository, artifact.layer()));
        byte[] bytes = json.writeValueAsBytes(manifest);
        URI address = registry.resolve("/v2/%s/manifests/%s".formatted(repository, artifact.tag()));
        expect(
                CREATED,
                HttpRequest.newBuilder(address)
                        .header("Content-Type", MANIFEST)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        return digest(bytes);
    }

    private ObjectNode blob(String repository, Blob blob) throws IOException, InterruptedException {
        String digest = blob.digest();
        URI there = registry.resolve("/v2/%s/blobs/%s".formatted(repository, digest));
        if (send(HttpRequest.newBuilder(there).method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .statusCode()
                != OK) {
            upload(repository, digest, blob.content());
        }
        return json.createObjectNode()
                .put("mediaType", blob.type())
                .put("digest", digest)
                .put("size", blob.content().length);
    }

    private void upload(String repository, String digest, byte[] content) throws IOException, InterruptedException {
        URI uploads = registry.resolve("/v2/%s/blobs/uploads/".formatted(repository));
        String location = expect(ACCEPTED, HttpRequest.newBuilder(uploads).POST(HttpRequest.BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException(uploads + " answers without a Location"));
        URI target = uploads.resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
        expect(
                CREATED,
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<String> expect(int status, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != status) {
            throw new IOException("%s %s: %d instead of %d: %s"
                    .formatted(
                            response.request().method(),
                            response.uri(),
                            response.statusCode(),
                            status,
                            response.body()));
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.net.ConnectException e) {
            throw new IOException(
                    "Registry at %s does not answer; start one with ./smo testbed up".formatted(registry), e);
        }
    }

    static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
