// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.compare;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.compare.FileDiff.ChangedEntry;
import eu.nephele.smo.pools.containers.compare.FileDiff.KeyChange;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDiffTest {

    private static final ContainersFile LEAST = Texts.read(Texts.LEAST);
    private static final ContainersFile SHOP = Texts.read(Texts.shop());

    private static FileDiff toLeastWith(String lines) {
        return FileDiff.between(LEAST, Texts.read(Texts.service(lines)));
    }

    @Test
    void aFileDoesNotDifferFromItself() {
        FileDiff diff = FileDiff.between(SHOP, Texts.read(Texts.shop()));
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.services().changed()).isEmpty();
    }

    @Test
    void aDefaultThatIsWrittenOutIsNoDifference() {
        assertThat(toLeastWith("business_hours_only: true\nvolumes: []\nupdate: { batch_size: 1 }")
                        .isEmpty())
                .isTrue();
        assertThat(FileDiff.between(LEAST, Texts.read(Texts.LEAST + "load_balancer: { stats_port: 8404 }\n"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatComesAndGoesIsNamed() {
        FileDiff diff = FileDiff.between(LEAST, SHOP);
        assertThat(diff.services().added()).containsExactly("reports", "tills");
        assertThat(diff.services().removed()).isEmpty();
        assertThat(diff.servers().added()).containsExactly("edge-2", "night-1");
        FileDiff back = FileDiff.between(SHOP, LEAST);
        assertThat(back.services().removed()).containsExactly("reports", "tills");
        assertThat(back.servers().removed()).containsExactly("edge-2", "night-1");
    }

    /** Every key of a service, so that none is forgotten when one is added. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "max_per_server: 3 | max_per_server |  | 3",
                "business_hours_only: false | business_hours_only | true | false",
                "business_hours: { end: 18:00, days: [ sun ] } | business_hours | 09:00-17:00 UTC | 09:00-18:00 UTC [SUNDAY]",
                "replicas_at_window_end: 0 | replicas_at_window_end |  | 0",
                "volumes: [ \"a:/b\" ] | volumes | [] | [a:/b]",
                "environment: { A: 1 } | environment.A |  | (text)",
                "environment: [ \"A=${B}\" ] | environment.A |  | env:B",
                "scaling: { strategy: s, parameters: { a: 1 } } | scaling |  | s{\"a\":1}",
                "placement: { strategy: s } | placement |  | s{}",
                "update: { batch_size: 2 } | update.batch_size | 1 | 2",
                "update: { max_unavailable: 2 } | update.max_unavailable | 0 | 2",
                "other: 2 | other |  | (kept)",
            })
    void whatIsAddedToAServiceIsNamed(String line, String key, String from, String to) {
        assertThat(toLeastWith(line).services().changed())
                .containsExactly(new ChangedEntry("web", List.of(new KeyChange(key, from == null ? "" : from, to))));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "web:1.4.2 | web:1.4.3 | image",
                "port: 8080 | port: 8081 | port,health_check.port",
                "min_replicas: 1 | min_replicas: 2 | min_replicas",
                "max_replicas: 4 | max_replicas: 5 | max_replicas",
                "scale_up_threshold: 75 | scale_up_threshold: 76 | scale_up_threshold",
                "scale_down_threshold: 25 | scale_down_threshold: 26 | scale_down_threshold",
                "cooldown_period: 60 | cooldown_period: 61 | cooldown_period",
                "path: /health | path: /h | health_check.path",
                "path: /health | 'path: /health, port: 1' | health_check.port",
                "path: /health | 'path: /health, interval: 1' | health_check.interval",
                "path: /health | 'path: /health, timeout: 1' | health_check.timeout",
                "path: /health | 'path: /health, rise: 1' | health_check.rise",
                "path: /health | 'path: /health, fall: 1' | health_check.fall",
                "path: /health | 'path: /health, grace: 1' | health_check.grace",
            })
    void whatIsOtherInAServiceIsNamed(String line, String instead, String keys) {
        String text = Texts.with("health_check:\n      path: /health", "health_check: { path: /health }");
        FileDiff diff = FileDiff.between(LEAST, Texts.read(text.replace(line, instead)));
        assertThat(diff.services().changed()).singleElement().satisfies(changed -> assertThat(changed.changes())
                .extracting(KeyChange::key)
                .containsExactly(keys.split(",")));
        assertThat(diff.servers().changed()).isEmpty();
        assertThat(diff.settings()).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.11 | 192.0.2.12 | host",
                "deploy | run | ssh_user",
                "keys/edge-1 | keys/edge | ssh_key",
                "max_containers: 12 | max_containers: 11 | max_containers",
                "ssh_port: 22 | ssh_port: 23 | ssh_port",
                "role: worker | role: control | role",
                "max_containers: 12 | 'max_containers: 12, business_hours: {}' | business_hours",
            })
    void whatIsOtherInAServerIsNamed(String line, String instead, String key) {
        String inline = "  - { name: edge-1, host: 192.0.2.11, ssh_user: deploy, ssh_key: /etc/smo/keys/edge-1,"
                + " max_containers: 12, ssh_port: 22, role: worker }\n";
        String text =
                "servers:\n" + inline.replace(line, instead) + Texts.LEAST.substring(Texts.LEAST.indexOf("services:"));
        assertThat(FileDiff.between(LEAST, Texts.read(text)).servers().changed())
                .singleElement()
                .satisfies(changed ->
                        assertThat(changed.changes()).extracting(KeyChange::key).containsExactly(key));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "load_balancer: { stats_port: 1 } | load_balancer.stats_port",
                "load_balancer: { https_enabled: true, cert_path: c } | load_balancer.https_enabled,load_balancer.cert_path",
                "monitoring: { prometheus: { enabled: false } } | monitoring.prometheus.enabled",
                "monitoring: { prometheus: { port: 1 } } | monitoring.prometheus.port",
                "monitoring: { prometheus: { retention: 8d } } | monitoring.prometheus.retention",
                "monitoring: { grafana: { enabled: false } } | monitoring.grafana.enabled",
                "monitoring: { grafana: { port: 1 } } | monitoring.grafana.port",
                "monitoring: { grafana: { admin_password: \"${X}\" } } | monitoring.grafana.admin_password",
                "autoscaler: { check_interval: 1 } | autoscaler.check_interval",
                "autoscaler: { log_level: DEBUG } | autoscaler.log_level",
                "autoscaler: { backup: { enabled: false } } | autoscaler.backup.enabled",
                "autoscaler: { backup: { path: p } } | autoscaler.backup.path",
                "autoscaler: { backup: { retention_days: 1 } } | autoscaler.backup.retention_days",
            })
    void whatIsOtherInTheSettingsIsNamed(String line, String keys) {
        FileDiff diff = FileDiff.between(LEAST, Texts.read(Texts.LEAST + line));
        assertThat(diff.settings()).extracting(KeyChange::key).containsExactly(keys.split(","));
        assertThat(diff.services().changed()).isEmpty();
    }

    /** Among servers with equally few containers the first one counts. */
    @Test
    void theOrderOfServersIsNamedAndThatOfServicesIsNone() {
        List<ServerEntry> servers = new ArrayList<>(SHOP.servers());
        Collections.reverse(servers);
        List<ServiceEntry> services = new ArrayList<>(SHOP.services());
        Collections.reverse(services);
        assertThat(FileDiff.between(SHOP, SHOP.with(SHOP.servers(), services)).isEmpty())
                .isTrue();
        FileDiff diff = FileDiff.between(SHOP, SHOP.with(servers.subList(0, 2), SHOP.services()));
        assertThat(diff.settings()).containsExactly(new KeyChange("servers", "edge-2, night-1", "night-1, edge-2"));
        assertThat(diff.servers().changed()).isEmpty();
        assertThat(FileDiff.between(SHOP, SHOP.with(SHOP.servers().subList(1, 3), SHOP.services()))
                        .settings())
                .isEmpty();
    }

    @Test
    void hoursOfTheAutoscalerChangeServicesThatHaveNoneOfTheirOwn() {
        FileDiff diff = FileDiff.between(
                LEAST, Texts.read(Texts.LEAST + "autoscaler: { business_hours: { holidays: [ 12-25 ] } }"));
        assertThat(diff.settings()).extracting(KeyChange::key).containsExactly("autoscaler.business_hours");
        assertThat(diff.services().changed())
                .containsExactly(new ChangedEntry(
                        "web",
                        List.of(new KeyChange(
                                "business_hours", "09:00-17:00 UTC", "09:00-17:00 UTC without [12-25]"))));
    }

    @Test
    void nothingIsRemovedBecauseALineIsMissing() {
        ContainersFile kept = FileDiff.running(SHOP, LEAST, false);
        assertThat(kept.services()).extracting(ServiceEntry::name).containsExactly("web", "reports", "tills");
        assertThat(kept.servers()).extracting(ServerEntry::name).containsExactly("edge-1", "edge-2", "night-1");
        assertThat(kept.service("web")).isEqualTo(LEAST.service("web"));
        assertThat(kept.service("tills")).isEqualTo(SHOP.service("tills"));
        assertThat(kept.autoscaler()).isEqualTo(LEAST.autoscaler());

        assertThat(FileDiff.running(SHOP, LEAST, true)).isEqualTo(LEAST);
    }

    @Test
    void reloadingTwiceChangesNothingMore() {
        ContainersFile once = FileDiff.running(SHOP, LEAST, false);
        assertThat(FileDiff.running(once, LEAST, false)).isEqualTo(once);
    }
}
