// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The class-data archive that a server of {@code ./smo} has, too: with it a server starts with less work, and some eighty are
 * started by these tests. The first test that needs it makes it, for all processes of the run.
 */
final class QuickStart {

    private static final long LIMIT_SECONDS = 180;
    private static final List<String> FLAGS = prepared();

    private QuickStart() {}

    /** For the command line of a server; none when there is no archive. */
    static List<String> flags() {
        return FLAGS;
    }

    /** Whatever goes wrong: servers start all the same, only later. */
    private static List<String> prepared() {
        try {
            return flagsOf(archive());
        } catch (IOException | UncheckedIOException | AssertionError failed) {
            System.err.printf("The quick start could not be prepared: %s%n", failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private static Path archive() throws IOException, InterruptedException {
        Path archive = Distribution.workFile("smo.jsa");
        try (FileChannel file = FileChannel.open(lock(archive), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            if (held.isValid() && !Files.exists(archive)) {
                make(archive);
            }
        }
        return archive;
    }

    private static List<String> flagsOf(Path archive) {
        return Files.exists(archive)
                ? List.of(
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xshare:auto",
                        // Java says nothing where it cannot use the archive
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr")
                : List.of();
    }

    private static Path lock(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".lock");
    }

    /** Under another name until it is complete. What the tests call most is called once, so that its classes are in it, too. */
    private static void make(Path archive) throws IOException, InterruptedException {
        Path home = Distribution.freshFolder("quick-start");
        Path draft = home.resolve("draft.jsa");
        int port = Distribution.freePort();
        // as the script of a checkout does it; Java would tell each class that it leaves out, and nobody reads that
        List<String> flags =
                List.of("-Xnoclassgc", "-XX:ArchiveClassesAtExit=" + draft, "-Xlog:disable", "-Xlog:all=error:stderr");
        List<String> arguments = List.of(
                "--json",
                "--port",
                Integer.toString(port),
                "--data",
                home.resolve("data").toString());
        try (ServerProcess server = ServerProcess.start(flags, arguments)) {
            server.awaitEvent("ready");
            call(RestClient.unchecked(port));
            server.terminate();
            int status = server.exitCode(LIMIT_SECONDS);
            if (status == 0 && Files.exists(draft)) {
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            } else {
                System.err.printf("The quick start could not be prepared: status %d %s%n", status, server.errorText());
            }
        }
    }

    private static void call(RestClient client) throws IOException, InterruptedException {
        NativeApi api = new NativeApi(client, "quick-start");
        Sample sample = Sample.brussels();
        String graph = api.graphs() + "/" + sample.graph();
        client.postJson(api.graphs() + "?wait=30", sample.as("application/json"));
        for (String path : List.of(
                graph,
                graph + "/decisions",
                graph + "/services/noise-reduction/explanation",
                "/api/v1/operations",
                "/api/v1/events",
                "/api/v1/plugins",
                "/api/v1/clusters",
                "/graphs/" + sample.graph(),
                "/lab/world",
                "/metrics",
                "/openapi.yaml")) {
            client.get(path);
        }
        client.post(graph + "/stop?wait=30");
        client.post(graph + "/start?wait=30");
        client.delete(graph + "?wait=30");
    }
}
