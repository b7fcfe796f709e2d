// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services in containers from the command line. */
class ContainersCommandsTest {

    private static final String FILE = """
            servers:
              - {name: edge-1, host: 192.0.2.11, ssh_user: deploy, ssh_key: /etc/smo/key, max_containers: 12}
            services:
              web:
                image: registry.example/shop/web:1
                port: 8080
                min_replicas: 1
                max_replicas: 4
                scale_up_threshold: 75
                scale_down_threshold: 25
                cooldown_period: 60
                health_check: {path: /health}
            """;
    private static final String RESULT = "{\"message\":\"m\",\"result\":{\"success\":%s,\"message\":\"%s\"}}";

    private final FakeSmo server = new FakeSmo();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("containers"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void aFileIsCheckedWithoutAServer() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), FILE);
        Path bad = Files.writeString(folder.resolve("bad.yaml"), FILE.replace("max_replicas: 4", "max_replicas: 0"));
        assertThat(CommandLineRun.of("containers", "lint", good.toString()).status())
                .isZero();
        CommandLineRun wrong = CommandLineRun.of("containers", "lint", bad.toString());
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).contains("/services/web/max_replicas", "line 8");
    }

    @Test
    void servicesAndTheirContainersAreTables() {
        server.on(
                "GET /containers/services",
                "{\"web\":{\"container_count\":2,\"min_replicas\":1,\"max_replicas\":4,\"scale_up_threshold\":75,"
                        + "\"scale_down_threshold\":25}}");
        assertThat(run("list").out().lines().map(line -> line.replaceAll("\\s+", " ")
                        .strip()))
                .contains("web 2 1 4 75 25");
        server.on(
                "GET /containers/services/web/stats",
                "{\"container_count\":1,\"avg_cpu\":12.5,\"min_replicas\":1,\"max_replicas\":4,\"cooldown_remaining\":3,"
                        + "\"scaling_enabled\":true,\"containers\":[{\"id\":\"0123456789abcdef\",\"server\":\"edge-1\","
                        + "\"status\":\"exited\",\"ports\":[{\"PublicPort\":32768}],\"last_exit\":{\"code\":137}}]}");
        assertThat(run("show", "web").out()).contains("mean CPU 12.5 %", "0123456789ab", "edge-1", "32768", "137");
    }

    @Test
    void atALimitTheStatusSaysThatNothingWasDone() {
        server.on("POST /containers/services/web/scale/up", RESULT.formatted(false, "Already at max_replicas 4"));
        CommandLineRun refused = run("scale", "web", "up");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("Already at max_replicas 4");

        server.on("POST /containers/services/web/scale/down", RESULT.formatted(true, "Would scale from 2 to 1"));
        assertThat(run("scale", "web", "down", "--dry-run").status()).isZero();
        assertThat(run("scale", "web", "sideways").status()).isEqualTo(64);
    }

    @Test
    void anUpdateNamesItsImage() {
        server.on("POST /containers/services/web/rolling-update", RESULT.formatted(true, "ok"));
        assertThat(run("update", "web", "--image", "registry.example/shop/web:2")
                        .status())
                .isZero();
        assertThat(run("update", "web").status()).isZero();
        server.on("POST /containers/services/web/restart?dryRun=true", RESULT.formatted(true, "Would replace all"));
        server.on("POST /containers/services/web/rolling-update?dryRun=true", RESULT.formatted(true, "Would update"));
        assertThat(run("restart", "web", "--dry-run").out()).contains("Would replace all");
        assertThat(run("update", "web", "--dry-run").out()).contains("Would update");
        server.on("POST /containers/services/web/rolling-update/abort", RESULT.formatted(true, "It goes back to x"));
        assertThat(run("update", "web", "--abort").out()).contains("It goes back to x");
        assertThat(run("update", "web", "--abort", "--image", "x").status()).isNotZero();
    }

    @Test
    void aReloadSaysWhatChanges() {
        server.on(
                "POST /containers/config/reload",
                "{\"message\":\"Configuration reloaded\",\"warnings\":[],\"diff\":{\"services\":{\"added\":[\"api\"],"
                        + "\"removed\":[],\"changed\":{\"web\":[\"max_replicas: 4 -> 5\"]}},"
                        + "\"servers\":{\"added\":[],\"removed\":[\"edge-9\"],\"changed\":{}},\"settings\":[]}}");
        assertThat(run("reload", "--prune").out())
                .contains("+ services api", "- servers edge-9", "~ services web max_replicas: 4 -> 5");
    }

    @Test
    void aReloadOfAFileWithErrorsNamesAllOfThem() {
        server.reply(
                "POST /containers/config/reload",
                422,
                "{\"detail\":\"The file has 2 errors; the running configuration stays as it is\",\"errors\":["
                        + "{\"pointer\":\"/services/web/port\",\"line\":10,\"column\":5,\"key\":\"port\",\"rule\":\"range\","
                        + "\"message\":\"line 10, column 5: `port` = 0: at least 1\"},"
                        + "{\"pointer\":\"/servers/0/host\",\"line\":2,\"column\":5,\"key\":\"host\",\"rule\":\"required\","
                        + "\"message\":\"line 2, column 5: `host` is missing\"}]}");
        CommandLineRun refused = run("reload");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.out() + refused.err())
                .contains("The file has 2 errors", "/services/web/port", "`port` = 0: at least 1", "`host` is missing");
    }

    @Test
    void anExplanationHasTheRuleAndEachServer() {
        server.on(
                "GET /containers/services/web/explain",
                "{\"service_name\":\"web\",\"rule\":\"cooldown\",\"reason\":\"in cool-down for another 7 s\","
                        + "\"outcome\":{\"action\":\"no_action\",\"from_count\":2,\"to_count\":2},\"candidates\":["
                        + "{\"server\":\"edge-1\",\"possible\":true,\"chosen\":true,\"service_containers\":1,"
                        + "\"current_containers\":3,\"max_containers\":12,\"reason\":\"the fewest\"},"
                        + "{\"server\":\"edge-2\",\"possible\":false,\"chosen\":false,\"service_containers\":0,"
                        + "\"current_containers\":8,\"max_containers\":8,\"reason\":\"full: 8 of 8 containers\"}],"
                        + "\"cycles\":[{\"timestamp\":\"2026-06-01T12:00:00Z\",\"strategy\":\"cpu-threshold\","
                        + "\"from_count\":1,\"to_count\":2,\"reason\":\"CPU 82 % is at or above 75 %\"}]}");
        CommandLineRun explained = run("explain", "web");
        assertThat(explained.status()).isZero();
        assertThat(explained.out().lines().map(line -> line.replaceAll("\\s+", " ")
                        .strip()))
                .contains(
                        "web: no_action (2 to 2) by the rule cooldown: in cool-down for another 7 s",
                        "edge-1 yes 1 3 12 the fewest",
                        "edge-2 no 0 8 8 full: 8 of 8 containers",
                        "2026-06-01T12:00:00Z cpu-threshold 1 2 CPU 82 % is at or above 75 %");
        assertThat(run("explain", "web", "--json").out()).contains("\"rule\"");
        assertThat(run("explain", "none").status()).isNotZero();
    }
}
