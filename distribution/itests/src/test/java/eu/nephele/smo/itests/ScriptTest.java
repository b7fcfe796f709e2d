// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts do themselves, without a server: neither anything built nor an installation is needed. */
class ScriptTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path CHECKOUT = ROOT.resolve("smo");
    private static final Path INSTALLATION = ROOT.resolve("distribution/smo/src/main/installation/smo");
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "demo containers",
                "new",
                "new intent",
                "test",
                "testbed",
                "clients",
                "build",
                "clean"
            })
    void theScriptOfACheckoutSaysHowItIsUsedAndDoesNothing(String command) throws Exception {
        for (String option : List.of("--help", "-h")) {
            assertThat(run(CHECKOUT, words(command, option))).startsWith("Usage: ./smo COMMAND");
        }
    }

    /** Before the lab is built the script says it, then the lab itself. */
    @ParameterizedTest
    @CsvSource({"chaos, --kills", "attack, --cases", "bench, engine", "bench, containers", "bench startup, startup"})
    void theLabSaysHowItIsUsed(String command, String word) throws Exception {
        for (String option : List.of("--help", "-h")) {
            assertThat(run(CHECKOUT, words(command, option)))
                    .startsWith("Usage: ./smo ")
                    .contains(word);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "new", "new intent"})
    void theScriptOfAnInstallationPrintsItsUsage(String command) throws Exception {
        for (String option : List.of("--help", "-h")) {
            assertThat(run(INSTALLATION, words(command, option))).startsWith("Usage: smo COMMAND");
        }
    }

    @ParameterizedTest
    @CsvSource({"--ruby, Unknown option of clients: '--ruby'", "--dir, --dir needs a folder"})
    void clientsAreOfLanguagesThatThereAre(String option, String message) throws Exception {
        assertThat(run(List.of("bash", CHECKOUT.toString(), "clients", option), 64))
                .contains(message);
    }

    @Test
    void servicesOfPackagesThatAreInstalledAreNotStarted() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path policy = folder.resolve("policy-rc.d");
        program(programs.resolve("id"), "echo 0");
        program(
                programs.resolve("apt-get"),
                "case \"$*\" in *install*) sh '%s'; echo \"$? $*\" >'%s' ;; esac"
                        .formatted(policy, folder.resolve("installed")));
        String script = "PATH='%s':$PATH; logs='%s'; . '%s' help >/dev/null; policy='%s'; install_unstarted %s"
                .formatted(programs, folder, CHECKOUT, policy, "no-such-program:its-package sh:other-package");

        run(List.of("bash", "-c", script), 0);

        assertThat(folder.resolve("installed"))
                .content()
                .as("starts are denied while packages are installed; what is there is not installed")
                .startsWith("101 ")
                .contains("its-package")
                .doesNotContain("other-package");
        assertThat(policy).as("no longer than that").doesNotExist();

        Files.writeString(policy, "exit 3\n");
        run(List.of("bash", "-c", script), 0);
        assertThat(folder.resolve("installed")).content().startsWith("3 ");
        assertThat(policy).as("the machine's own").hasContent("exit 3");
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n%s\n".formatted(script));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void anIntentMayBeNamedAsKeysOfDescriptorsAre() throws Exception {
        Path home = installation();

        run(INSTALLATION, words("new intent", "carbon_cap"));

        Path project = folder.resolve("carbon_cap");
        Path handler = project.resolve("src/main/java/org/example/carboncap/CarbonCapHandler.java");
        assertThat(handler).content().contains("IntentHandler.NAME + \"=carbon_cap\"");
        assertThat(project.resolve("pom.xml")).content().contains("<artifactId>carbon_cap</artifactId>");
        assertThat(project.resolve("graph.yaml"))
                .content()
                .contains("id: carbon-cap-demo", "carbon_cap: brussels", "id: carbon-cap-web");
        assertThat(project.resolve("README.md"))
                .content()
                .contains("explain demo carbon-cap-demo carbon-cap-web", home + "/smo")
                .doesNotContain("carbon_cap-");
    }

    @ParameterizedTest
    @CsvSource({
        // memory of the machine in MB, limits of its control groups in bytes (own, around it), heap in MB
        "1000, max, max, 320",
        "8192, max, max, 2048",
        "65536, max, max, 4096",
        "65536, 2147483648, max, 512",
        "65536, max, 4294967296, 1024",
        "2048, 9223372036854771712, max, 512",
    })
    void theHeapIsAQuarterOfThePhysicalMemoryWithinBounds(int machine, String own, String around, int expected)
            throws Exception {
        Path root = root(machine);
        Files.writeString(root.resolve("proc/self/cgroup"), "0::/system.slice/smo.service\n");
        Path slice = Files.createDirectories(root.resolve("sys/fs/cgroup/system.slice/smo.service"));
        Files.writeString(slice.resolve("memory.max"), own + "\n");
        Files.writeString(slice.resolveSibling("memory.max"), around + "\n");

        assertThat(heap(root, "")).isEqualTo(Integer.toString(expected));
    }

    @Test
    void limitsOfTheFormerControlGroupsCountToo() throws Exception {
        Path root = root(65536);
        Files.writeString(root.resolve("proc/self/cgroup"), "5:cpu,cpuacct:/x\n4:memory:/docker/ab\n");
        Path group = Files.createDirectories(root.resolve("sys/fs/cgroup/memory/docker/ab"));
        Files.writeString(group.resolve("memory.limit_in_bytes"), "3221225472\n");

        assertThat(heap(root, "")).isEqualTo("768");
    }

    @Test
    void aMachineOfUnknownMemoryGetsTheSmallestHeap() throws Exception {
        assertThat(heap(Files.createDirectories(folder.resolve("nothing")), "")).isEqualTo("320");
    }

    @Test
    void whatIsSaidWinsOverTheMachine() throws Exception {
        assertThat(heap(root(65536), "SMO_HEAP=768m")).isEqualTo("768");
        assertThat(heap(root(1000), "SMO_HEAP=2G")).isEqualTo("2048");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2t", "-1g", "159m", "0m", "99999999g", "1g; true"})
    void aHeapThatIsNoneIsRefused(String heap) throws Exception {
        assertThat(sourced("SMO_HEAP='%s' heap_megabytes".formatted(heap), 64)).startsWith("smo: SMO_HEAP=" + heap);
    }

    @Test
    void optionsOfTheUserComeLastAndMayNameAnotherCollector() throws Exception {
        assertThat(flags("SMO_HEAP=1g SMO_JAVA_OPTIONS='-XX:+UseParallelGC  -Dx=1'"))
                .endsWith("-Xmx1024m -XX:+UseParallelGC -Dx=1")
                .doesNotContain("SerialGC")
                .doesNotContain("G1GC");
    }

    /** Java ignores it beside a size. */
    @Test
    void aPercentageOfTheMemoryTakesThePlaceOfASize() throws Exception {
        assertThat(flags("SMO_JAVA_OPTIONS='-XX:MaxRAMPercentage=50'"))
                .endsWith("-XX:MaxRAMPercentage=50")
                .doesNotContain("-Xmx");
    }

    @Test
    void aLargeHeapThatIsAskedForIsCollectedBesideTheWork() throws Exception {
        assertThat(flags("SMO_HEAP=512m")).contains("-Xmx512m -XX:+UseG1GC").doesNotContain("SerialGC");
        assertThat(flags("SMO_HEAP=511m")).contains("-Xmx511m -XX:+UseSerialGC").doesNotContain("G1GC");
        assertThat(flags("unset SMO_HEAP;")).contains("-XX:+UseSerialGC").doesNotContain("G1GC");
    }

    @Test
    void theProfileForContainersTakesLittleMemoryUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(flags("use_little_memory; SMO_JAVA_OPTIONS='-Xms80m'"))
                .contains("-Xms144m", "-Xms48m", "-XX:TieredStopAtLevel=1")
                .endsWith("-Xms80m");
        assertThat(flags("")).contains("-Xms144m").doesNotContain("-Xms48m");
        assertThat(flags("use_little_memory; SMO_HEAP=1g"))
                .contains("keepalive.timeout=1")
                .doesNotContain("-Xms48m", "TieredStopAtLevel");
        assertThat(sourced("use_little_memory; printf '%s' \"$MALLOC_ARENA_MAX\"", 0))
                .isEqualTo("2");
        assertThat(sourced(
                        "java=java; need_java() { :; }; supervise() { printf '%s ' \"$@\"; }; server --profile containers",
                        0))
                .contains("-Xms48m", "--profile containers");
        assertThat(sourced(
                        "java=java; need_java() { :; }; supervise() { printf '%s ' \"$@\"; }; server --profile sim", 0))
                .doesNotContain("-Xms48m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx2g",
                "-Dx=1 -Xmn200m",
                "-XX:MaxHeapSize=2g",
                "-XX:MaxRAMPercentage=50",
                "-XX:MaxNewSize=300m",
                "-XX:+UseParallelGC"
            })
    void whoNamesAHeapOrACollectorHasRoom(String options) throws Exception {
        assertThat(flags("use_little_memory; SMO_JAVA_OPTIONS='%s'".formatted(options)))
                .endsWith(options)
                .contains("keepalive.timeout=1")
                .doesNotContain("-Xms48m", "MaxNewSize=16m", "TieredStopAtLevel");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false", "16, false"})
    void threadsForAnswersOfProbesAreKeptWhereJavaKeepsNone(int processors, boolean kept) throws Exception {
        assertThat(flags("getconf() { echo %d; }; use_little_memory;".formatted(processors))
                        .contains("ForkJoinPool.common.parallelism=2"))
                .isEqualTo(kept);
    }

    private String flags(String settings) throws Exception {
        return sourced(settings + " flags_of_server; printf '%s ' \"${java_flags[@]}\"", 0);
    }

    /** A file system as far as memory is told there. */
    private Path root(int megabytes) throws IOException {
        Path root = folder.resolve("root" + megabytes);
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal: %d kB\nMemFree: 1 kB\n".formatted(megabytes * 1024));
        return root;
    }

    private String heap(Path root, String setting) throws IOException, InterruptedException {
        return sourced(
                "looked_at='%s'; eval \"root_$(declare -f machine_megabytes)\"; machine_megabytes() { root_machine_megabytes \"$looked_at\"; }; unset SMO_HEAP; %s heap_megabytes"
                        .formatted(root, setting),
                0);
    }

    /** What a line prints that uses the functions of the script of an installation. */
    private String sourced(String line, int status) throws IOException, InterruptedException {
        return run(List.of("bash", "-c", ". '%s'; %s".formatted(INSTALLATION, line)), status)
                .strip();
    }

    /** As much of one as {@code smo new} reads. */
    private Path installation() throws IOException {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("repository/eu/nephele/smo/smo-plugin-parent/0.1.0"));
        Files.createSymbolicLink(home.resolve("examples"), ROOT.resolve("examples"));
        return home;
    }

    private static List<String> words(String command, String last) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.removeIf(String::isEmpty);
        words.add(last);
        return words;
    }

    private String run(Path script, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(arguments);
        return run(command, 0);
    }

    private String run(List<String> command, int status) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("home", folder.resolve("home").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(status);
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
