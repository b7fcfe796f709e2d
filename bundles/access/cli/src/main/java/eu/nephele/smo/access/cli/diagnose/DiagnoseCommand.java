// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.RunningServers;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "diagnose",
        description =
                "Collects what a person needs who looks for a fault of the server into an archive without secrets,"
                        + " from the server itself, or from its files and its process when it does not answer. With --profile or"
                        + " --output instead: reports in a folder, and flame graphs of its processor time and memory.")
public final class DiagnoseCommand implements Callable<Integer> {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,4})(s|m)?");
    private static final int LONGEST_SECONDS = 120;

    /** The server answers at the end of the recording, and then sends some MB. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Map<String, String> READS = reads();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--profile",
            paramLabel = "SPAN",
            description = "Records the server for so long, 30s or 2m, 120 s at most. Needs the administrator's token.")
    private @Nullable String profile;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "New or empty; default: smo-diagnose-TIME in the current folder.")
    private @Nullable Path output;

    @Option(
            names = "--jfr",
            paramLabel = "SPAN",
            description = "Records the server for so long, as --profile, into the archive.")
    private @Nullable String jfr;

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description = "New; default: smo-diagnose-TIME.zip in the current folder.")
    private @Nullable Path archive;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of a server that does not answer; default: that of the server that runs here,"
                    + " else $SMO_DATA or ~/.smo/data.")
    private @Nullable Path data;

    private static Map<String, String> reads() {
        Map<String, String> reads = new LinkedHashMap<>();
        reads.put("version.json", "/api/v1/version");
        reads.put("health.json", "/health");
        reads.put("runtime.json", "/api/v1/runtime");
        reads.put("metrics.txt", "/metrics");
        reads.put("defaults.json", "/api/v1/defaults");
        reads.put("strategies.json", "/api/v1/strategies");
        reads.put("plugins.json", "/api/v1/plugins");
        reads.put("operations.json", "/api/v1/operations?open=true&limit=1000");
        return reads;
    }

    @Override
    public Integer call() throws IOException {
        return profile == null && output == null ? archived() : reported();
    }

    private int archived() throws IOException {
        Path file = archive == null ? Path.of("smo-diagnose-%s.zip".formatted(TIME.format(Instant.now()))) : archive;
        if (Files.exists(file)) {
            throw wrong("%s exists; choose another file with --archive".formatted(file));
        }
        int seconds = jfr == null ? 0 : seconds("--jfr", jfr);
        Terminal terminal = connection.terminal();
        RestCalls client = connection.client();
        try {
            requireAnswer(client, file);
            client.download(
                    "POST",
                    "/api/v1/runtime/diagnosis" + (seconds > 0 ? "?seconds=" + seconds : ""),
                    file,
                    PATIENCE.plusSeconds(seconds));
        } catch (CallFailed failed) {
            Files.deleteIfExists(file); // it holds the problem
            if (failed.status() != CallFailed.UNREACHED) {
                throw failed;
            }
            return withoutAnswer(file, failed, terminal);
        }
        terminal.line(
                "Written: %s. It holds no secrets of known form; look at it before you pass it on.".formatted(file));
        return 0;
    }

    /** Whoever hangs is not waited for as long as one who collects. */
    private static void requireAnswer(RestCalls client, Path file) throws IOException {
        try {
            client.download("GET", "/health/live", file, ANSWERS_WITHIN);
        } catch (CallFailed failed) {
            if (failed.status() == CallFailed.UNREACHED) {
                throw failed;
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private int withoutAnswer(Path file, CallFailed failed, Terminal terminal) throws IOException {
        Optional<RunningServers.LocalServer> local = connection.local();
        Path folder = Optional.ofNullable(data)
                .or(() -> local.map(RunningServers.LocalServer::data))
                .orElseGet(DiagnoseCommand::usualData);
        failed.lines().forEach(terminal::bad);
        if (!Files.isDirectory(folder)) {
            throw wrong("There is no data folder %s here; name it with --data".formatted(folder));
        }
        new LocalDiagnosis(folder, local.map(RunningServers.LocalServer::process)).write(file, failed.lines());
        terminal.line("Written from the files and the process of this machine: %s. Look at it before you pass it on."
                .formatted(file));
        return 1;
    }

    private static Path usualData() {
        return Optional.ofNullable(System.getenv("SMO_DATA"))
                .filter(named -> !named.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".smo", "data"));
    }

    private int reported() throws IOException {
        if (jfr != null || archive != null) {
            throw wrong("--jfr and --archive go with neither --profile nor --output");
        }
        int seconds = profile == null ? 0 : seconds("--profile", profile);
        RestCalls client = connection.client();
        Terminal terminal = connection.terminal();
        Path folder = folder();
        boolean whole = true;
        for (Map.Entry<String, String> read : READS.entrySet()) {
            whole &= read(client, terminal, read.getValue(), folder.resolve(read.getKey()));
        }
        if (seconds > 0) {
            terminal.progress("recording for %d s".formatted(seconds));
            profile(client, folder, seconds);
        }
        terminal.line("Written into %s:".formatted(folder));
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> terminal.line("  " + file.getFileName()));
        }
        return whole ? 0 : 1;
    }

    /** Reads one part; a failure does not prevent the others, since this command serves troubled servers. */
    private static boolean read(RestCalls client, Terminal terminal, String path, Path file) throws IOException {
        try {
            client.download("GET", path, file, PATIENCE);
            return true;
        } catch (CallFailed failed) {
            terminal.bad(failed.lines().get(0));
            if (Files.notExists(file)) {
                Files.write(file, failed.lines());
            }
            return false;
        }
    }

    private static void profile(RestCalls client, Path folder, int seconds) throws IOException {
        Path file = folder.resolve("profile.jfr");
        try {
            client.download("POST", "/api/v1/runtime/profile?seconds=" + seconds, file, PATIENCE.plusSeconds(seconds));
        } catch (CallFailed failed) {
            Files.deleteIfExists(file); // it holds the problem
            throw failed;
        }
        Recording recording = Recording.read(file);
        page(
                recording.processor(),
                folder.resolve("processor.html"),
                "Processor time in %d s".formatted(seconds),
                "The width of a frame is how often it was found running.",
                "%d samples"::formatted);
        page(
                recording.allocation(),
                folder.resolve("allocation.html"),
                "Allocated memory in %d s".formatted(seconds),
                "The width of a frame is the memory that it allocated, estimated from samples.",
                bytes -> String.format(Locale.ROOT, "%.1f MB", bytes / 1e6));
    }

    private static void page(
            FlameGraph graph, Path file, String title, String explanation, LongFunction<String> measure)
            throws IOException {
        Files.writeString(file, FlamePage.render(graph, title, explanation, measure));
    }

    private Path folder() throws IOException {
        Path folder = output == null ? Path.of("smo-diagnose-" + TIME.format(Instant.now())) : output;
        if (Files.exists(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw wrong("%s is not empty; choose another folder with --output".formatted(folder));
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private int seconds(String option, String text) {
        Matcher span = SPAN.matcher(text);
        int seconds = span.matches() ? Integer.parseInt(span.group(1)) * ("m".equals(span.group(2)) ? 60 : 1) : 0;
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw wrong("%s is '%s', expected a span such as 30s or 2m, from 1 to %d s"
                    .formatted(option, text, LONGEST_SECONDS));
        }
        return seconds;
    }

    private ParameterException wrong(String message) {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("A command that nobody parsed");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
