// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.check.FileSchema;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings.BackupSettings;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ProbeRule;
import eu.nephele.smo.pools.containers.file.ServiceEntry.ReplicaLimits;
import eu.nephele.smo.pools.containers.file.ServiceEntry.RollingUpdate;
import eu.nephele.smo.pools.containers.file.TextOrSecret.PlainText;
import eu.nephele.smo.pools.containers.file.TextOrSecret.SecretReference;
import eu.nephele.smo.pools.containers.hours.OpeningHours;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ContainersFileReaderTest {

    @Test
    void theExampleIsReadAsItIsMeant() {
        FileReport report = Texts.READER.lint(Texts.shop());
        assertThat(report.errors()).isEmpty();
        ContainersFile shop = report.file().orElseThrow();

        assertThat(shop.balancer().certPath()).contains("/etc/smo/certificates/shop.pem");
        assertThat(shop.servers()).extracting(ServerEntry::name).containsExactly("edge-1", "edge-2", "night-1");
        assertThat(shop.servers())
                .extracting(server -> server.ssh().orElseThrow().port())
                .containsExactly(22, 2222, 22);
        assertThat(shop.servers()).extracting(ServerEntry::control).containsExactly(true, false, false);
        assertThat(shop.servers()).extracting(ServerEntry::maxContainers).containsExactly(12, 8, 6);
        assertThat(shop.services()).extracting(ServiceEntry::name).containsExactly("web", "reports", "tills");

        ServiceEntry web = shop.service("web").orElseThrow();
        assertThat(web.replicas()).isEqualTo(new ReplicaLimits(1, 6, OptionalInt.of(3)));
        assertThat(web.container().environment())
                .containsExactly(
                        Map.entry("DB_HOST", new PlainText("db.shop.example")),
                        Map.entry("DB_PASSWORD", new SecretReference("env:SHOP_DB_PASSWORD")),
                        Map.entry("GREETING", new PlainText("two = signs, and ${BRACES}")));
        assertThat(web.hours().only()).isTrue();
        assertThat(web.hours().open().windows())
                .containsExactly(shop.autoscaler().hours());

        ServiceEntry reports = shop.service("reports").orElseThrow();
        assertThat(reports.idleAfter()).contains(Duration.ofMinutes(15));
        assertThat(reports.container().environment())
                .containsEntry("WORKERS", new PlainText("4"))
                .containsEntry("DEBUG", new PlainText("false"))
                .containsEntry("API_TOKEN", new SecretReference("env:REPORTS_TOKEN"));
        assertThat(reports.health())
                .isEqualTo(new ProbeRule(
                        "/ready", 9001, Duration.ofSeconds(10), Duration.ofSeconds(2), 1, 5, Duration.ofMinutes(1)));

        ServiceEntry tills = shop.service("tills").orElseThrow();
        assertThat(tills.update()).isEqualTo(new RollingUpdate(2, 1));
        assertThat(tills.hours().open().windows()).hasSize(2).allSatisfy(window -> {
            assertThat(window.zone()).hasToString("Asia/Dhaka");
            assertThat(window.holidays()).hasSize(2);
            assertThat(window.warmUp()).isEqualTo(Duration.ofMinutes(10));
        });
        assertThat(shop.monitoring().grafana().adminPassword()).isEqualTo(new SecretReference("env:GRAFANA_PASSWORD"));
    }

    @Test
    void whatIsLeftOutHasTheDefaultOfTheTable() {
        ContainersFile file = Texts.read(Texts.LEAST);

        assertThat(file.balancer().statsPort()).isEqualTo(8404);
        assertThat(file.balancer().httpsEnabled()).isFalse();
        assertThat(file.monitoring().prometheus().retention()).isEqualTo("7d");
        assertThat(file.monitoring().grafana().adminPassword()).isEqualTo(new SecretReference("env:GRAFANA_PASSWORD"));
        assertThat(file.autoscaler().checkInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(file.autoscaler().backup()).isEqualTo(new BackupSettings(true, "backups/containers", 7));
        assertThat(file.autoscaler().hours().start()).isEqualTo(9 * 60);
        assertThat(file.autoscaler().hours().end()).isEqualTo(17 * 60);
        assertThat(file.autoscaler().hours().zone()).hasToString("UTC");
        assertThat(file.autoscaler().hours().days()).hasSize(7);
        assertThat(file.servers().get(0).hours()).isEqualTo(OpeningHours.ALWAYS);
        ServiceEntry web = file.services().get(0);
        assertThat(web.health())
                .isEqualTo(new ProbeRule(
                        "/health", 8080, Duration.ofSeconds(10), Duration.ofSeconds(5), 2, 3, Duration.ofSeconds(30)));
        assertThat(web.hours().only()).isTrue();
        assertThat(web.idleAfter()).isEmpty();
        assertThat(web.replicas().maxPerServer()).isEmpty();
        assertThat(web.update()).isEqualTo(new RollingUpdate(1, 0));
    }

    @Test
    void unknownKeysOfAServiceAreKeptWithAWarning() {
        String text = Texts.service("labels: [ a, \"${NOT_SET}\" ]\nx-note: quiet\n")
                .replace("path: /health", "path: /health\n      retries: 3");
        FileReport report = Texts.READER.lint(text);

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings())
                .extracting(FileFinding::pointer)
                .containsExactly("/services/web/health_check/retries", "/services/web/labels");
        assertThat(report.file().orElseThrow().services().get(0).unknown().toJson())
                .isEqualTo("{\"labels\":[\"a\",\"${NOT_SET}\"],\"x-note\":\"quiet\",\"health_check\":{\"retries\":3}}");
    }

    @Test
    void timesWithoutQuotesAreTimes() {
        String text = Texts.LEAST + "autoscaler: { business_hours: { start: 8:30, end: 17:00 } }\n";
        assertThat(Texts.read(text).autoscaler().hours().start()).isEqualTo(8 * 60 + 30);
        assertThat(Texts.read(text).autoscaler().hours().end()).isEqualTo(17 * 60);
    }

    @Test
    void anAnswerOfReadNamesAllErrorsWithTheirPlaces() {
        String text = Texts.with("port: 8080", "port: 0").replace("max_containers: 12", "max_containers: 101");
        assertThatThrownBy(() -> Texts.read(text)).isInstanceOfSatisfying(SmoException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
            assertThat(refused.violations())
                    .containsExactly(
                            new Violation(
                                    "/servers/0/max_containers",
                                    "line 6, column 5: `max_containers` = 101: at most 100"),
                            new Violation("/services/web/port", "line 10, column 5: `port` = 0: at least 1"));
        });
    }

    @Test
    void theSchemaIsPublished() {
        assertThat(FileSchema.text()).startsWith("{").contains("2020-12").contains("containers-file/1");
    }

    @Test
    void aThousandServersAndFiftyServicesAreReadQuickly() {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 0; i < 1000; i++) {
            text.append("  - { name: s%d, host: h%d, ssh_user: u, ssh_key: k, max_containers: 50 }\n".formatted(i, i));
        }
        text.append("services:\n");
        for (int i = 0; i < 50; i++) {
            text.append(
                    ("  a%d: { image: r.example/a, port: %d, min_replicas: 1, max_replicas: 9, scale_up_threshold: 75,"
                                    + " scale_down_threshold: 25, cooldown_period: 6, health_check: { path: / } }\n")
                            .formatted(i, 10_000 + i));
        }
        Optional<ContainersFile> file = Texts.READER.lint(text.toString()).file();
        assertThat(file.map(ContainersFile::servers).map(List::size)).contains(1000);
    }
}
