// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that fetches OR-Tools, with a list of its own and a Maven that is played. */
class CpSatFetchTest {

    private static final String GOOD = "content of one\n";

    @TempDir
    Path folder;

    private Path libraries;
    private Path calls;

    @BeforeEach
    void prepare() throws IOException {
        libraries = folder.resolve("libraries");
        calls = folder.resolve("calls");
        executable(folder.resolve("fetch"), Files.readString(Path.of("src/main/cpsat/fetch")));
        maven("for word in \"$@\"; do case $word in -DoutputDirectory=*) cd \"${word#*=}\";; esac; done\n"
                + "echo content of one >one-1.0.jar");
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void maven(String script) throws IOException {
        executable(
                folder.resolve("bin/mvn"),
                "#!/bin/sh\nfor word in \"$@\"; do case $word in -Dartifact=*) echo \"${word#*=}\" >>'%s';; esac; done\n%s\n"
                        .formatted(calls, script));
    }

    private void list(String... lines) throws IOException {
        Files.write(folder.resolve("libraries.txt"), List.of(lines));
    }

    private static String sha256(String content) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private record FetchResult(int status, String message) {}

    private FetchResult fetch() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("fetch").toString(), libraries.toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.redirectErrorStream(true).start();
        String message = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new FetchResult(process.waitFor(), message);
    }

    private List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatThisSystemNeedsIsFetchedOnce() throws Exception {
        list(
                "# system artifact sum",
                "any org.example:one:1.0 " + sha256(GOOD),
                "plan9 org.example:two:1.0 " + sha256(""));
        FetchResult first = fetch();
        assertThat(first.message()).isEqualTo("Fetching org.example:one:1.0 with Maven ...\n");
        assertThat(first.status()).isZero();
        assertThat(jars()).containsExactly("one-1.0.jar");
        assertThat(libraries.resolve("complete")).exists();
        assertThat(fetch().message()).isEmpty();
        assertThat(calls).hasContent("org.example:one:1.0\n");
    }

    @Test
    void whatHasChangedIsFetchedAgainAndOtherVersionsGo() throws Exception {
        list("any org.example:one:1.0 " + sha256(GOOD));
        Files.createDirectories(libraries);
        Files.writeString(libraries.resolve("one-1.0.jar"), "half of it");
        Files.writeString(libraries.resolve("one-0.9.jar"), "older");
        assertThat(fetch().status()).isZero();
        assertThat(jars()).containsExactly("one-1.0.jar");
        assertThat(libraries.resolve("one-1.0.jar")).hasContent(GOOD);
    }

    @Test
    void withoutAConnectionTheMessageSaysWhatIsMissingAndWhatToDo() throws Exception {
        list("any org.example:one:1.0 " + sha256(GOOD));
        maven("echo no route to host; exit 1");
        FetchResult result = fetch();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.message())
                .contains("org.example:one:1.0 could not be fetched")
                .contains("mirror in ~/.m2/settings.xml")
                .contains(libraries.resolve("one-1.0.jar") + ", SHA-256 " + sha256(GOOD))
                .contains("leave out --against");
        assertThat(libraries.resolve("fetch.log")).hasContent("no route to host\n");
        assertThat(jars()).isEmpty();
        assertThat(libraries.resolve("complete")).doesNotExist();
    }

    @Test
    void anotherContentIsNotUsed() throws Exception {
        list("any org.example:one:1.0 " + sha256("something else"));
        FetchResult result = fetch();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.message())
                .contains("has the SHA-256 " + sha256(GOOD) + ", expected is " + sha256("something else"))
                .contains("It is not used.");
        assertThat(jars()).isEmpty();
    }

    /** Names without a system are those of all, and each system that is named has a native part. */
    @Test
    void theListHasOneNativePartForEachSystem() throws IOException {
        List<String[]> entries;
        try (Stream<String> lines = Files.lines(Path.of("src/main/cpsat/libraries.txt"))) {
            entries = lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList();
        }
        assertThat(entries).allMatch(entry -> entry.length == 3 && entry[2].matches("[0-9a-f]{64}"));
        String version = entries.get(0)[1].replaceAll(".*:", "");
        assertThat(entries.stream()
                        .filter(entry -> !entry[0].equals("any"))
                        .map(entry -> entry[1])
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "com.google.ortools:ortools-linux-x86-64:" + version,
                        "com.google.ortools:ortools-linux-aarch64:" + version,
                        "com.google.ortools:ortools-darwin-x86-64:" + version,
                        "com.google.ortools:ortools-darwin-aarch64:" + version);
    }
}
