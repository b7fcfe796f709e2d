// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the first login to the first deployed graph, by the commands of the page for operators, on a server that asks who calls. */
class FirstLoginIT {

    private static final int PORT = Distribution.freePort();
    private static final Settings SETTINGS =
            Settings.fresh().world(new int[] {64, 64}).with("eu.nephele.smo.access.security", "requireToken=true");
    private static final Path PAGE = Path.of("../../docs/operate/access.md").toAbsolutePath();
    private static final Pattern COMMANDS =
            Pattern.compile("<!-- run by FirstLoginIT -->\\n```\\n(.*?)```", Pattern.DOTALL);
    private static final Path WORK = Distribution.freshFolder("first-login");

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.ready(PORT, SETTINGS.data());
        Files.writeString(WORK.resolve("anna.password"), "correct horse battery staple\n");
        Files.copy(Path.of("../../examples/graphs/minimal.yaml"), WORK.resolve("minimal.yaml"));
        Files.createSymbolicLink(WORK.resolve("smo"), Distribution.HOME.resolve("smo"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private record Said(int status, String text) {}

    private static Said run(String line) throws Exception {
        Path output = Files.createTempFile(WORK, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", line)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", server.userHome().toString());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "SMO_URL"));
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(line).isTrue();
        return new Said(process.exitValue(), Files.readString(output));
    }

    private static JsonNode json(String line) throws Exception {
        Said said = run(line + " --json");
        assertThat(said.status()).as("%s: %s", line, said.text()).isZero();
        return new JsonMapper().readTree(said.text());
    }

    private static List<String> commands() throws Exception {
        Matcher block = COMMANDS.matcher(Files.readString(PAGE));
        assertThat(block.find()).as("the block in %s", PAGE).isTrue();
        return block.group(1).lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void fourCommandsLeadToTheFirstGraphOfADeployer() throws Exception {
        List<String> commands = commands();
        assertThat(commands).hasSize(4);
        List<String> said = new ArrayList<>();
        for (String command : commands) {
            Said answer = run(command);
            assertThat(answer.status()).as("%s: %s", command, answer.text()).isZero();
            said.add(answer.text());
        }
        assertThat(said.get(3)).contains("RUNNING");
        assertThat(json("./smo whoami").path("principal").asText()).isEqualTo("anna");

        Said foreign = run("./smo graph deploy other minimal.yaml");
        assertThat(foreign.status()).isEqualTo(1);
        assertThat(foreign.text()).contains("not found");
        Said forbidden = run("./smo strategy eject placement greedy");
        assertThat(forbidden.text()).contains("needs the role operator for all projects");

        // somebody with the data directory ends the session, and it counts at once
        String admin = " --token-file " + SETTINGS.data().resolve("etc/admin.token");
        String session =
                json("./smo session list --all" + admin).at("/items/0/id").asText();
        assertThat(run("./smo session end " + session + admin).status()).isZero();
        Said ended = run("./smo graph show shop minimal");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.text()).contains("not valid here");
        run("./smo logout");

        // locked out: the owner of the data directory makes anna an administrator
        Files.writeString(WORK.resolve("new.password"), "another horse battery staple\n");
        assertThat(run("./smo user reset anna --password-file new.password").status())
                .isZero();
        assertThat(run("./smo login --user anna --password-file new.password").status())
                .isZero();
        assertThat(json("./smo user list").at("/items/0/name").asText()).isEqualTo("anna");
    }
}
