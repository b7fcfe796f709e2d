// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Java, machine and data folder. Properties, variables and arguments are shown if they are on a list; of the others not
 * even the name, because either may be a secret.
 */
public final class SystemReport implements DiagnosticReport {

    private static final List<String> PROPERTIES = List.of(
            "java.version",
            "java.vendor",
            "java.vm.name",
            "java.vm.version",
            "os.name",
            "os.version",
            "os.arch",
            "file.encoding",
            "native.encoding",
            "user.timezone");
    private static final List<String> VARIABLES = List.of("LANG", "LC_ALL", "TZ", "SMO_HEAP");

    /** Flags and sizes only: others may hold commands, agents with their options, and values of users. */
    private static final Pattern ARGUMENT =
            Pattern.compile("-X(?:m[nsx]|ss)\\d+[kmgKMG]?|-XX:[+-]\\w+|-XX:\\w+=\\d+[kmgKMG]?|-Xshare:\\w+");

    private static final int MOST_FILES = 500;
    private static final int DEPTH = 3;

    private final Path data;
    private final Map<String, String> environment;
    private final Supplier<List<String>> arguments;

    public SystemReport(Path data) {
        this(data, System.getenv(), () -> ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    SystemReport(Path data, Map<String, String> environment, Supplier<List<String>> arguments) {
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.arguments = arguments;
    }

    @Override
    public String fileName() {
        return "system.txt";
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        lines.add("started " + Instant.ofEpochMilli(runtime.getStartTime()));
        lines.add("now " + Instant.now());
        lines.add("process " + runtime.getPid());
        lines.add("processors " + Runtime.getRuntime().availableProcessors());
        lines.add("load " + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        PROPERTIES.forEach(name -> lines.add(name + " " + System.getProperty(name, "-")));
        VARIABLES.forEach(name -> Optional.ofNullable(environment.get(name))
                .filter(value -> value.matches("[\\w./-]{0,40}"))
                .ifPresent(value -> lines.add(name + " " + value)));
        List<String> all = arguments.get();
        List<String> shown =
                all.stream().filter(one -> ARGUMENT.matcher(one).matches()).toList();
        lines.add("arguments of Java: %s, and %d more".formatted(String.join(" ", shown), all.size() - shown.size()));
        File disk = data.toFile();
        lines.add("disk of the data: %d MiB free of %d MiB"
                .formatted(disk.getUsableSpace() >> 20, disk.getTotalSpace() >> 20));
        lines.add("");
        lines.add("Files of the data folder: bytes, changed, name");
        files(lines);
        return lines;
    }

    private void files(List<String> lines) {
        try (Stream<Path> files = Files.walk(data, DEPTH)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList()) {
                lines.add("%12d %s %s"
                        .formatted(Files.size(file), Files.getLastModifiedTime(file), data.relativize(file)));
            }
        } catch (IOException | RuntimeException unreadable) {
            lines.add("cannot be listed: " + unreadable);
        }
    }
}
