// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line at a terminal of 60 columns, played by Python's {@code pty}, and its completion in bash. */
class PseudoTerminalTest {

    /** Runs a command at a terminal, types what is given when the text before it has come, and prints what was shown. */
    private static final String DRIVER = """
            import os, pty, signal, sys, select, struct, fcntl, termios, time
            wish, answer, command = sys.argv[1], sys.argv[2], sys.argv[3:]
            pid, fd = pty.fork()
            if pid == 0:
                # a build that runs in the background ignores it, and so would what it starts
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execvp(command[0], command)
            fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
            shown, typed, end = b'', False, time.time() + 60
            while time.time() < end:
                ready, _, _ = select.select([fd], [], [], 0.2)
                if ready:
                    try:
                        part = os.read(fd, 4096)
                    except OSError:
                        break
                    if not part:
                        break
                    shown += part
                if wish and not typed and wish.encode() in shown:
                    os.write(fd, answer.encode())
                    typed = True
            _, status = os.waitpid(pid, 0)
            sys.stdout.buffer.write(shown)
            print('\\nSTATUS %d' % (os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)))
            """;

    private static final String OPERATION =
            "{\"id\":\"o1\",\"kind\":\"DEPLOY\",\"state\":\"%s\",\"progressPercent\":40,\"message\":\"installing web\",\"error\":null}";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();

    @BeforeEach
    void needsPython() throws Exception {
        assumeTrue(
                new ProcessBuilder("python3", "-c", "import pty").start().waitFor() == 0,
                "python3 with pty is missing on this machine");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void wideTablesFitAnyTerminal() throws Exception {
        server.on("GET /api/v1/clusters", """
                {"items":[{"name":"a-cluster-with-a-long-name","source":"simulated","location":"brussels-edge-17","ready":true,
                 "available":{"cpuMillis":12000,"memoryBytes":68719476736,"gpus":0},"allocatable":{"cpuMillis":12000,"memoryBytes":68719476736},
                 "signals":{"carbonGramsPerKwh":180}}]}""");
        String shown = atTerminal("", "", "get", "clusters", "--url", url());
        assertThat(shown).contains("\u001b[", "STATUS 0");
        assertThat(plain(shown).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(plain(atTerminal("", "", "get", "clusters", "-o", "wide", "--url", url())))
                .contains("a-cluster-with-a-long-name", "brussels-edge-17");
    }

    @Test
    void lintsInColours() throws Exception {
        Path good = Files.writeString(
                folder.resolve("good.yaml"), CommandLineRun.of("new").out());
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "hdaGraph: { id: x, services: [ {} ] }");
        String shown = atTerminal("", "", "lint", good.toString(), bad.toString());
        assertThat(plain(shown)).contains("good.yaml: valid", "bad.yaml: ", "/hdaGraph/services/0", "STATUS 2");
    }

    @Test
    void asksBeforeItApplies() throws Exception {
        Path file = Files.writeString(
                folder.resolve("g.yaml"), CommandLineRun.of("new").out());
        server.on("POST /api/v1/projects/p/graphs/hello/plan", """
                {"id":"l1","kind":"DEPLOY","project":"p","graph":"hello","feasible":true,"services":{"added":["web"]},"steps":[]}""")
                .on("POST /api/v1/projects/p/graphs", OPERATION.formatted("SUCCEEDED"));
        String[] apply = {"apply", "-p", "p", "-f", file.toString(), "--url", url()};
        assertThat(plain(atTerminal("[y/N]", "n\n", apply))).contains("added: web", "Nothing was changed.", "STATUS 5");
        assertThat(server.calls("POST", "/api/v1/projects/p/graphs")).isEmpty();
        assertThat(plain(atTerminal("[y/N]", "y\n", apply))).contains("deploy: succeeded", "STATUS 0");
    }

    @Test
    void waitsWithProgressAndSaysAfterCtrlCHowToFollow() throws Exception {
        server.on("GET /api/v1/operations/o1", OPERATION.formatted("RUNNING"));
        String shown = atTerminal("installing web", "\u0003", "wait", "--for", "operation=o1", "--url", url());
        assertThat(plain(shown))
                .contains(
                        "deploy: running 40 %: installing web",
                        "Operation o1 goes on. Follow it: smo wait --for operation=o1", "STATUS 130");
    }

    @ParameterizedTest
    @CsvSource({
        "graph stop p/g, POST /api/v1/projects/p/graphs/g/stop",
        "graph place p/g --away c1, POST /api/v1/projects/p/graphs/g/placement",
        "rollback p/g 3, POST /api/v1/projects/p/graphs/g/rollback",
        "delete graph p/g --yes, DELETE /api/v1/projects/p/graphs/g",
        "plugin remove x, DELETE /api/v1/plugins/x",
        "shadow promote s, POST /api/v1/shadows/s/promote"
    })
    void eachCommandThatWaitsLeavesItsOperation(String command, String call) throws Exception {
        server.on(call, OPERATION.formatted("PENDING"))
                .on("GET /api/v1/projects/p/graphs/g", """
                        {"services":[{"name":"web","shares":[{"cluster":"c1"}]}]}""")
                .on("GET /api/v1/operations/o1", OPERATION.formatted("RUNNING"));
        String shown = atTerminal("installing web", "\u0003", (command + " --url " + url()).split(" "));
        assertThat(plain(shown)).contains("Operation o1 goes on. Follow it: smo wait --for operation=o1", "STATUS 130");
    }

    @Test
    void aReplayGoesOnToo() throws Exception {
        String replay = "{\"id\":\"r1\",\"state\":\"running\",\"decisions\":40,\"replayed\":3}";
        server.on("POST /api/v1/replays", replay).on("GET /api/v1/replays/r1", replay);
        assertThat(plain(atTerminal("of 40 decisions", "\u0003", "replay", "--url", url())))
                .contains("Replay r1 goes on. Look at it: smo get replay r1", "STATUS 130");
    }

    @Test
    void watchesUntilAPhaseIsReached() throws Exception {
        String graph = "{\"project\":\"p\",\"name\":\"g\",\"phase\":\"%s\",\"services\":[]}";
        server.on(
                "GET /api/v1/projects/p/graphs/g",
                graph.formatted("DEPLOYING"),
                graph.formatted("DEPLOYING"),
                graph.formatted("RUNNING"));
        String shown = atTerminal("", "", "watch", "p/g", "--until", "RUNNING", "--interval", "1s", "--url", url());
        assertThat(plain(shown)).containsSubsequence("p/g  DEPLOYING", "p/g  RUNNING", "STATUS 0");
    }

    @Test
    void bashCompletesCommandsKindsAndGraphs() throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion"),
                CommandLineRun.of("completion", "bash").out());
        String smo = "smo() { echo graph/hello; echo graph/other; }; source " + script + "; ";
        assertThat(bash(smo + "COMP_WORDS=(smo ro) COMP_CWORD=1; _smo; echo ${COMPREPLY[@]}"))
                .isEqualTo("rollback");
        assertThat(bash(smo + "COMP_WORDS=(smo get clus) COMP_CWORD=2; _smo; echo ${COMPREPLY[@]}"))
                .isEqualTo("clusters");
        assertThat(bash(smo + "COMP_WORDS=(smo get graphs -o ya) COMP_CWORD=4; _smo; echo ${COMPREPLY[@]}"))
                .isEqualTo("yaml");
        assertThat(bash(smo + "COMP_WORDS=(smo webhook deliv) COMP_CWORD=2; _smo; echo ${COMPREPLY[@]}"))
                .isEqualTo("deliveries");
        assertThat(bash(smo + "COMP_WORDS=(smo rollback he) COMP_CWORD=2; _smo; echo ${COMPREPLY[@]}"))
                .isEqualTo("hello");
        assertThat(bash(smo + "COMP_WORDS=(smo describe graph o) COMP_CWORD=3; _smo; echo ${COMPREPLY[@]}"))
                .isEqualTo("other");
    }

    @Test
    void aPipeThatClosesEndsQuietly() throws Exception {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            items.append(i == 0 ? "" : ",").append("{\"project\":\"p\",\"name\":\"graph-%d\"}".formatted(i));
        }
        server.on("GET /api/v1/graphs", "{\"items\":[" + items + "]}");
        String command = String.join(" ", java("get", "graphs", "-p", "p", "-o", "name", "--url", url()));
        assertThat(bash(command + " 2>&1 | head -1")).isEqualTo("graph/graph-0");
    }

    private String url() {
        return server.uri().toString();
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                "eu.nephele.smo.access.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    private String atTerminal(String wish, String answer, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-c", DRIVER, wish, answer));
        command.addAll(java(arguments));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().putAll(Map.of("TERM", "xterm", "HOME", folder.toString()));
        process.environment().remove("COLUMNS");
        process.environment().remove("NO_COLOR");
        return output(process.start());
    }

    private static String bash(String script) throws Exception {
        return output(new ProcessBuilder("bash", "-c", script).start()).strip();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static String plain(String shown) {
        return shown.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").replace("\r", "");
    }
}
