// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.backup.PoolCopy;
import eu.nephele.smo.pools.containers.backup.PoolRestore;
import eu.nephele.smo.pools.containers.mapping.ApiJson;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code containers restore}: makes a pool what it was, by one of its daily copies. */
@Command(
        name = "restore",
        description =
                "Makes a pool what it was when a daily copy was taken; or writes its file, with --to. Services and servers that the copy"
                        + " does not have go on, unless --prune. Backups of the whole server: smo restore.")
public final class RestoreContainersCommand implements Callable<Integer> {

    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new JsonMapper();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "COPY", description = "A file of autoscaler.backup.path.")
    private @Nullable Path file;

    @Option(names = "--dry-run", description = "Says what would change and changes nothing.")
    private boolean dryRun;

    @Option(names = "--prune", description = "What the copy does not have is removed.")
    private boolean prune;

    @Option(
            names = "--written",
            description = "What the file said at that time instead of what ran, where the copy has that.")
    private boolean written;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Writes it as a new file of containers and asks no server.")
    private @Nullable Path to;

    @Override
    public Integer call() throws IOException {
        PoolCopy copy = read(file);
        JsonObject document = written
                ? copy.written()
                        .orElseThrow(
                                () -> new IOException("The file said what ran at that time: restore without --written"))
                : copy.running();
        if (to != null) {
            write(document, to);
            leftOut(copy);
            connection.terminal().good("%s is written: what counted at %s".formatted(to, copy.takenAt()));
            return 0;
        }
        String path = RestCalls.path("api", "v1", "kinds", "container-pool", "resources", copy.pool());
        Optional<RestCalls.TaggedContent> present = present(path);
        JsonObject desired = present.map(found -> ApiJson.object(found.content().path("desired")))
                .orElse(JsonObject.EMPTY);
        PoolRestore restore = new PoolRestore(desired, document, prune);
        if (!dryRun && !restore.changes().isEmpty()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set(
                    "desired",
                    JSON.readTree(restore.desired(desired, copy.project()).toJson()));
            present.map(found -> found.content().path("labels"))
                    .filter(JsonNode::isObject)
                    .ifPresent(labels -> body.set("labels", labels));
            if (present.isPresent()) {
                connection.client().put(path, body, present.get().tag());
            } else {
                connection.client().put(path, body);
            }
        }
        told(copy, restore);
        return 0;
    }

    private static PoolCopy read(@Nullable Path file) throws IOException {
        try {
            return PoolCopy.parse(Files.readString(Objects.requireNonNull(file, "COPY")));
        } catch (SmoException broken) {
            throw new IOException("%s: %s".formatted(file, broken.getMessage()), broken);
        }
    }

    private Optional<RestCalls.TaggedContent> present(String path) {
        try {
            return Optional.of(connection.client().tagged(path));
        } catch (CallFailed failed) {
            if (failed.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static void write(JsonObject document, Path target) throws IOException {
        try {
            Files.writeString(
                    target,
                    new YAMLMapper().writeValueAsString(JSON.readTree(document.toJson())),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException present) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is not overwritten");
        }
    }

    private void leftOut(PoolCopy copy) {
        copy.leftOut().forEach(pointer -> connection
                .terminal()
                .notable(
                        "%s was in clear and is not in the copy: give the variable of its name to the SMO, or write it anew"
                                .formatted(pointer)));
    }

    private void told(PoolCopy copy, PoolRestore restore) {
        if (connection.terminal().isJson()) {
            ObjectNode answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("pool", copy.pool())
                    .put("takenAt", copy.takenAt().toString())
                    .put("dryRun", dryRun);
            restore.changes().forEach(answer.putArray("changes")::add);
            copy.leftOut().forEach(answer.putArray("leftOut")::add);
            connection.terminal().json(answer);
            return;
        }
        restore.changes().forEach(connection.terminal()::line);
        leftOut(copy);
        connection
                .terminal()
                .good(
                        restore.changes().isEmpty()
                                ? "The pool %s is as it was at %s".formatted(copy.pool(), copy.takenAt())
                                : (dryRun
                                                ? "Would make the pool %s what it was at %s"
                                                : "The pool %s becomes what it was at %s")
                                        .formatted(copy.pool(), copy.takenAt()));
    }
}
