// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What happens to a server is told by the right alert of a real Prometheus, and by no other one, and the alert ends with
 * its cause. The rules are those of the installation, but wait for a second only.
 */
class AlertsFireIT {

    private static final long FIRES_SECONDS = 30;
    private static final long ENDS_SECONDS = 60;
    private static final String FIRING = "firing";

    private final int port = Distribution.freePort();

    @Test
    void aDatabaseThatIsAwayAndAServerThatIsDownAreTold() throws Exception {
        ScrapingPrometheus.require();
        Path rules = Distribution.freshFolder("rules").resolve("smo-alerts.yml");
        AlertRulesFile.writeImpatient(rules);
        try (StoppablePostgres database = new StoppablePostgres()) {
            Settings settings =
                    Settings.fresh().world(new int[] {100}).with("eu.nephele.smo.core.store", database.settings());
            try (ScrapingPrometheus prometheus = ScrapingPrometheus.start(port, rules)) {
                try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
                    assertThat(server.processId()).isPositive();
                    awaitQuiet(prometheus);

                    database.stopHard();
                    awaitFiring(prometheus, "SmoDatabaseUnavailable");
                    assertThat(prometheus.alerts()).doesNotContainKeys("SmoDown", "SmoNoOwner");
                    database.startAgain();
                    awaitQuiet(prometheus);

                    server.kill();
                    awaitFiring(prometheus, "SmoDown");
                    assertThat(prometheus.alerts()).doesNotContainKey("SmoDatabaseUnavailable");
                }
                try (ServerProcess again = ServerProcess.ready(port, settings.data())) {
                    assertThat(again.processId()).isPositive();
                    awaitQuiet(prometheus);
                }
            }
        }
    }

    private static void awaitFiring(ScrapingPrometheus prometheus, String alert) throws Exception {
        long begun = System.nanoTime();
        Eventually.within(
                FIRES_SECONDS, prometheus::alerts, alerts -> assertThat(alerts).containsEntry(alert, FIRING));
        System.out.printf("%s fires after %d ms%n", alert, (System.nanoTime() - begun) / 1_000_000);
    }

    private static void awaitQuiet(ScrapingPrometheus prometheus) throws Exception {
        Eventually.within(
                ENDS_SECONDS,
                () -> prometheus.query("up == 1 and on (instance) smo_health_ready == 1"),
                up -> assertThat(up).isNotEmpty());
        Eventually.within(ENDS_SECONDS, prometheus::alerts, (Map<String, String> alerts) -> assertThat(alerts.values())
                .as(alerts.toString())
                .doesNotContain(FIRING));
    }
}
