// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.view.QuotaView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotas from the command line. */
class QuotaCommandsTest {

    private static final String QUOTA = """
            {"project":"shop","source":"project","members":{"graphs":{"used":2,"limit":20},"services":{"used":5},
             "cpu":{"used":1500,"limit":8000},"memory":{"used":1073741824,"limit":17179869184}}}""";

    private final FakeSmo server = new FakeSmo();

    @AfterEach
    void close() {
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void useAndLimitsAreShownInUnitsOfPeople() {
        server.on("GET /api/v1/quotas", "{\"items\":[%s],\"nextCursor\":null}".formatted(QUOTA));
        CommandLineRun list = run("quota", "list");
        assertThat(list.status()).as(list.err()).isZero();
        assertThat(list.out().lines().map(line -> line.replaceAll("\\s+", " ").strip()))
                .contains(
                        "shop graphs 2 20 project",
                        "shop services 5 none project",
                        "shop cpu 1.5 8 project",
                        "shop memory 1Gi 16Gi project");
    }

    @Test
    void someLimitsAreChangedAndTheOthersKept() {
        server.on("GET /api/v1/quotas/shop", QUOTA);
        server.on("PUT /api/v1/quotas/shop", QUOTA);
        CommandLineRun set = run("quota", "set", "shop", "cpu=500m", "memory=32Gi", "graphs=none", "gpus=4");
        assertThat(set.status()).as(set.err()).isZero();
        assertThat(server.calls("PUT", "/api/v1/quotas/shop").get(0).body())
                .isEqualTo("{\"limits\":{\"cpu\":500,\"memory\":34359738368,\"gpus\":4}}");

        run("quota", "set", "shop", "plans=1", "--replace");
        assertThat(server.calls("PUT", "/api/v1/quotas/shop").get(1).body()).isEqualTo("{\"limits\":{\"plans\":1}}");
    }

    @Test
    void aLimitThatIsNoneIsWrongUsage() {
        CommandLineRun set = run("quota", "set", "shop", "graphs=few", "--replace");
        assertThat(set.status()).isEqualTo(64);
        assertThat(set.err()).contains("'few' is no limit of graphs");
        assertThat(server.calls("PUT", "/api/v1/quotas/shop")).isEmpty();
        assertThat(QuotaView.amount("graphs", "1.5")).isEmpty();
        assertThat(QuotaView.amount("cpu", "0.0001")).isEmpty();
        assertThat(QuotaView.amount("cpu", "9999999999999999"))
                .as("more than a number here")
                .isEmpty();
    }

    @Test
    void aQuotaIsShownAndRemoved() {
        server.on("GET /api/v1/quotas/shop", QUOTA);
        server.on("DELETE /api/v1/quotas/shop", QUOTA.replace("\"project\",\"members", "\"default\",\"members"));
        assertThat(run("quota", "show", "shop").out()).contains("services");
        CommandLineRun removed = run("quota", "remove", "shop");
        assertThat(removed.status()).as(removed.err()).isZero();
        assertThat(removed.out()).contains("no quota of its own", "default");
    }
}
