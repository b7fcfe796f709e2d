// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The plugins of a server. Changes need the administrator's token. */
public final class PluginsClient {

    private static final int NOT_FOUND = 404;
    private static final Set<String> WELL = Set.of("PENDING", "RUNNING", "SUCCEEDED");

    private final RestCalls client;

    public PluginsClient(RestCalls client) {
        this.client = client;
    }

    /**
     * @return the operation at its end, or its state after that time
     * @throws CallFailed when it was refused, or did not succeed
     * @throws java.nio.file.NoSuchFileException when the file does not exist
     */
    public JsonNode install(Path file, int seconds) throws IOException {
        return upload("/api/v1/plugins?wait=%d&name=%s".formatted(seconds, nameOf(file)), file, seconds);
    }

    /** Replaces the installed versions by the file's; {@code force}: also those that graphs require. */
    public JsonNode upgrade(String id, Path file, boolean force, int seconds) throws IOException {
        String path = "%s/upgrade?wait=%d&force=%s&name=%s".formatted(path(id), seconds, force, nameOf(file));
        return upload(path, file, seconds);
    }

    public JsonNode rollback(String id, boolean force, int seconds) {
        return settled(client.post("%s/rollback?wait=%d&force=%s".formatted(path(id), seconds, force)), seconds);
    }

    /** The operation at its end, or its state after that time, unless it failed. */
    public JsonNode settled(JsonNode operation, int seconds) {
        JsonNode latest = client.settled(operation, Duration.ofSeconds(seconds));
        if (latest.path("plugin").isTextual()
                && !WELL.contains(latest.path("state").asText())) {
            throw CallFailed.ended(latest);
        }
        return latest;
    }

    /** A plugin with all its versions; refused ones may not be kept. */
    public Optional<JsonNode> find(String id) {
        try {
            return Optional.of(client.get(path(id)));
        } catch (CallFailed gone) {
            if (gone.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    public static String path(String id) {
        return RestCalls.path("api", "v1", "plugins", id);
    }

    private JsonNode upload(String path, Path file, int seconds) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String type = name.endsWith(".zip") ? "application/zip" : "application/java-archive";
        return settled(client.upload(path, file, type), seconds);
    }

    private static String nameOf(Path file) {
        return URLEncoder.encode(String.valueOf(file.getFileName()), StandardCharsets.UTF_8);
    }
}
