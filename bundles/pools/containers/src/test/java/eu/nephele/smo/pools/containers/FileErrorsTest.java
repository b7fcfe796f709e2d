// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.check.FileFindings;
import eu.nephele.smo.pools.containers.source.SourceMark;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileErrorsTest {

    /** Each limit of the table, from both sides. */
    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "max_containers: 12 | max_containers: 1 |",
                "max_containers: 12 | max_containers: 100 |",
                "max_containers: 12 | max_containers: 0 | at least 1",
                "max_containers: 12 | max_containers: 101 | at most 100",
                "max_containers: 12 | max_containers: twelve | a whole number is expected",
                "max_containers: 12 | max_containers: 1.5 | a whole number is expected",
                "port: 8080 | port: 65535 |",
                "port: 8080 | port: 65536 | at most 65535",
                "port: 8080 | port: 0 | at least 1",
                "port: 8080 | port: \"8080\" | a whole number is expected",
                "port: 8080 | port: 8404 | is unique; /load_balancer/stats_port has it already",
                "min_replicas: 1 | min_replicas: 0 |",
                "min_replicas: 1 | min_replicas: -1 | at least 0",
                "min_replicas: 1 | min_replicas: 5 | is at least min_replicas",
                "max_replicas: 4 | max_replicas: 0 | at least 1",
                "max_replicas: 4 | max_replicas: 1 |",
                "scale_up_threshold: 75 | scale_up_threshold: 100 |",
                "scale_up_threshold: 75 | scale_up_threshold: 101 | at most 100",
                "scale_up_threshold: 75 | scale_up_threshold: 0 | at least 1",
                "scale_up_threshold: 75 | scale_up_threshold: 25 | is less than scale_up_threshold",
                "scale_up_threshold: 75 | scale_up_threshold: 25.5 |",
                "scale_down_threshold: 25 | scale_down_threshold: 0 |",
                "scale_down_threshold: 25 | scale_down_threshold: -1 | at least 0",
                "scale_down_threshold: 25 | scale_down_threshold: 99.5 | at most 99",
                "cooldown_period: 60 | cooldown_period: 0 |",
                "cooldown_period: 60 | cooldown_period: -1 | at least 0",
                "path: /health | path: health | a path that begins with a slash, like /health is expected",
                "host: 192.0.2.11 | host: \"2001:db8::1\" |",
                "host: 192.0.2.11 | host: \"::ffff:1\" |",
                "host: 192.0.2.11 | host: edge.1a | a host name or an address is expected",
                "host: 192.0.2.11 | host: edge.example.1 | a host name or an address is expected",
                "host: 192.0.2.11 | host: 10.0.0.300 | a host name or an address is expected",
                "host: 192.0.2.11 | host: 10.0.0.1.2 | a host name or an address is expected",
                "host: 192.0.2.11 | host: 10.0.0.255 |",
                "host: 192.0.2.11 | host: 1edge.example |",
                "host: 192.0.2.11 | host: 7edge |",
                "host: 192.0.2.11 | host: \"1::2::3\" | an address of IPv6, like 2001:db8::1, is expected",
                "host: 192.0.2.11 | host: \"a:b\" | an address of IPv6, like 2001:db8::1, is expected",
                "host: 192.0.2.11 | host: \"a b\" | a host name or an address is expected",
                "ssh_user: deploy | ssh_user: \"-oProxyCommand=x\" | the name of a user, like deploy is expected",
            })
    void limitsOfSingleKeys(String line, String instead, String rule) {
        String text = Texts.with(line, instead);
        if (rule == null) {
            assertThat(Texts.errors(text)).isEmpty();
        } else {
            assertThat(Texts.errors(text)).extracting(FileFinding::rule).containsExactly(rule);
        }
    }

    static Stream<Arguments> wholeFiles() {
        return Stream.of(
                arguments("", "", "an object is expected"),
                arguments("- a\n", "", "an object is expected"),
                arguments("services: {}\n", "/servers", "is required"),
                arguments("servers: []\nservices: {}\n", "/servers", "at least 1 items"),
                arguments(
                        Texts.LEAST + "load_balancer: { https_enabled: true }\n",
                        "/load_balancer/https_enabled",
                        "needs cert_path"),
                arguments(
                        Texts.LEAST + "load_balancer: { cert_path: \"${NOT_SET}/a\" }\n",
                        "/load_balancer/cert_path",
                        "the variable NOT_SET is set where the server runs"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { timezone: Mars/Olympus } }\n",
                        "/autoscaler/business_hours/timezone",
                        "an IANA time zone is expected, like Europe/Berlin"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { timezone: \"+06:00\" } }\n",
                        "/autoscaler/business_hours/timezone",
                        "an IANA time zone is expected, like Europe/Berlin"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { end: \"09:00\" } }\n",
                        "/autoscaler/business_hours/end",
                        "start and end differ; a whole day is 00:00 to 24:00"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { start: \"17:00\" } }\n",
                        "/autoscaler/business_hours/start",
                        "start and end differ; a whole day is 00:00 to 24:00"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { start: \"24:00\" } }\n",
                        "/autoscaler/business_hours/start",
                        "a time like 09:00 is expected"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { holidays: [ 02-30 ] } }\n",
                        "/autoscaler/business_hours/holidays/0",
                        "there is no such day"),
                arguments(
                        Texts.LEAST + "autoscaler: { business_hours: { holidays: [ 2026-02-29 ] } }\n",
                        "/autoscaler/business_hours/holidays/0",
                        "there is no such day"),
                arguments(
                        Texts.LEAST + "autoscaler: { check_interval: 3601 }\n",
                        "/autoscaler/check_interval",
                        "at most 3600"),
                arguments(
                        Texts.LEAST + "autoscaler: { log_level: LOUD }\n",
                        "/autoscaler/log_level",
                        "one of [DEBUG, INFO, WARNING, ERROR, CRITICAL] is expected"),
                arguments(
                        Texts.LEAST + "autoscalar: {}\n",
                        "/autoscalar",
                        "nobody knows this key; known: load_balancer, servers, services, monitoring, autoscaler"),
                arguments(
                        Texts.LEAST + "monitoring: { prometheus: { ports: 1 } }\n",
                        "/monitoring/prometheus/ports",
                        "nobody knows this key; known: enabled, port, retention"),
                arguments(
                        Texts.LEAST + "monitoring: { grafana: { admin_password: \"a${B}\" } }\n",
                        "/monitoring/grafana/admin_password",
                        "a variable is the whole value, as ${NAME}: a secret does not become part of a text; $${ stands for ${"),
                arguments(
                        Texts.with("max_containers: 12", "max_containers: 12\n    ssh_port: 0"),
                        "/servers/0/ssh_port",
                        "at least 1"),
                arguments(
                        Texts.with("  web:", "  Web_Shop:"),
                        "/services/Web_Shop",
                        "a DNS label (1 to 53 lower-case letters, digits and hyphens, no hyphen at the ends) is expected"),
                arguments(
                        Texts.with(
                                "services:",
                                "  - { name: edge-2, host: 192.0.2.11, ssh_user: a, ssh_key: k, max_containers: 1 }\nservices:"),
                        "/servers/1/host",
                        "is unique; /servers/0/host has it already"),
                arguments(
                        Texts.with("host: 192.0.2.11", "host: Edge.Example")
                                .replace(
                                        "services:",
                                        "  - { name: b, host: edge.example, ssh_user: a, ssh_key: k, max_containers: 1 }\nservices:"),
                        "/servers/1/host",
                        "is unique; /servers/0/host has it already"),
                arguments(
                        Texts.with(
                                "services:",
                                "  - { name: edge-1, host: 192.0.2.12, ssh_user: a, ssh_key: k, max_containers: 1 }\nservices:"),
                        "/servers/1/name",
                        "is unique; /servers/0/name has it already"),
                arguments(
                        Texts.LEAST
                                + Texts.LEAST
                                        .substring(Texts.LEAST.indexOf("  web:"))
                                        .replace("web:\n", "b:\n"),
                        "/services/b/port",
                        "is unique; /services/web/port has it already"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("wholeFiles")
    void rulesOfTheFile(String text, String pointer, String rule) {
        assertThat(Texts.errors(text)).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.rule()).isEqualTo(rule);
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "max_per_server: 12 | |",
                "max_per_server: 13 | max_per_server | is at most max_containers of each server; /servers/0 has 12",
                "max_per_server: 0 | max_per_server | at least 1",
                "replicas_at_window_end: 2 | replicas_at_window_end | is at most min_replicas",
                "replicas_at_window_end: 1 | |",
                "business_hours: [ { holidays: [ 12-25 ] }, {} ] | business_hours | all windows of a service have the same holidays",
                "business_hours: [ { holidays: [] }, {} ] | |",
                "scale_to_zero: true | scale_to_zero | needs min_replicas 0",
                "idle_after: 9 | idle_after | at least 10",
                "business_hours: [] | business_hours | at least 1 items",
                "business_hours: daily | business_hours | an object or a list is expected",
                "business_hours: { days: [] } | business_hours/days | at least 1 items",
                "business_hours: { days: [ mon, mon ] } | business_hours/days | each item once",
                "business_hours: [ { day: mon } ] | business_hours/0/day | nobody knows this key; known: start, end, timezone, days, holidays, warm_up_minutes",
                "business_hours: { warm_up_minutes: 1441 } | business_hours/warm_up_minutes | at most 1440",
                "scaling: {} | scaling/strategy | is required",
                "scaling: { strategy: a, parameter: {} } | scaling/parameter | nobody knows this key; known: strategy, parameters",
                "update: { batch_size: 0 } | update/batch_size | at least 1",
                "environment: [ A ] | environment/0 | NAME=VALUE is expected",
                "environment: [ A=1, B=2, A=3 ] | environment/2 | each name once; A is there already",
                "environment: { 1A: x } | environment/1A | the name of a variable, like DB_HOST is expected",
                "environment: { A: [ 1 ] } | environment/A | a text or a number or true or false is expected",
                "environment: { A: \"${}\" } | environment/A | a variable is the whole value, as ${NAME}: a secret does not become part of a text; $${ stands for ${",
                "environment: { URL: \"x://a:${P}@b\" } | environment/URL | a variable is the whole value, as ${NAME}: a secret does not become part of a text; $${ stands for ${",
                "volumes: [ \"a:/b\", \"/c:/b:ro\" ] | volumes/1 | each target once; /b is there already",
                "volumes: [ \"/a/../b:/c\" ] | volumes/0 | SOURCE:/TARGET or SOURCE:/TARGET:ro, the source a path that begins with a slash or the name of a volume, without .. in it is expected",
            })
    void rulesOfAService(String line, String key, String rule) {
        if (key == null) {
            assertThat(Texts.errors(Texts.service(line))).isEmpty();
            return;
        }
        assertThat(Texts.errors(Texts.service(line))).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/services/web/" + key);
            assertThat(error.rule()).isEqualTo(rule);
            assertThat(error.mark().line()).isEqualTo(18);
        });
    }

    @Test
    void anErrorHasPlaceKeyValueAndRule() {
        assertThat(Texts.errors(Texts.with("port: 8080", "port:   99999")))
                .containsExactly(new FileFinding(
                        FileFinding.Severity.ERROR,
                        "/services/web/port",
                        new SourceMark(10, 5),
                        "port",
                        "99999",
                        "at most 65535"));
        assertThat(Texts.errors(Texts.with("    image: registry.example/shop/web:1.4.2\n", "")))
                .containsExactly(new FileFinding(
                        FileFinding.Severity.ERROR,
                        "/services/web/image",
                        new SourceMark(8, 3),
                        "image",
                        "",
                        "is required"));
    }

    @Test
    void allErrorsOfAFileAreTold() {
        String text = Texts.service("max_per_server: 20\nvolumes: 7\n")
                        .replace("port: 8080", "port: x")
                        .replace("max_replicas: 4", "max_replicas: 0")
                        .replace("host: 192.0.2.11", "hosts: 192.0.2.11")
                + "other: 1\n";
        assertThat(Texts.errors(text))
                .extracting(FileFinding::pointer)
                .containsExactly(
                        "/servers/0/host",
                        "/servers/0/hosts",
                        "/services/web/port",
                        "/services/web/max_replicas",
                        "/services/web/max_per_server",
                        "/services/web/volumes",
                        "/other");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "environment: [ DB_PASSWORD=hunter2 ] | environment/0 | DB_PASSWORD looks like a secret in clear; better ${NAME}",
                "idle_after: 60 | idle_after | means nothing without scale_to_zero",
                "max_replicas_hint: 1 | max_replicas_hint | nobody knows this key; it is kept and means nothing",
            })
    void warnings(String line, String key, String rule) {
        assertThat(Texts.errors(Texts.service(line))).isEmpty();
        assertThat(Texts.warnings(Texts.service(line))).singleElement().satisfies(warning -> {
            assertThat(warning.pointer()).isEqualTo("/services/web/" + key);
            assertThat(warning.rule()).isEqualTo(rule);
        });
    }

    @Test
    void moreReplicasThanServersTakeAreAWarning() {
        assertThat(Texts.warnings(Texts.with("max_replicas: 4", "max_replicas: 13")))
                .extracting(FileFinding::rule)
                .containsExactly("all servers together take 12 of this service");
    }

    @Test
    void whatMeansNothingWithoutBusinessHoursIsAWarning() {
        assertThat(Texts.warnings(Texts.service(
                        "business_hours_only: false\nreplicas_at_window_end: 0\nbusiness_hours: { end: 18:00 }")))
                .extracting(FileFinding::pointer)
                .containsExactly("/services/web/replicas_at_window_end", "/services/web/business_hours");
    }

    /** What is not there has the place of what should have it. */
    @Test
    void aPortOfTheMonitoringThatAServiceHasIsAWarning() {
        String text = Texts.with("port: 8080", "port: 3000") + "monitoring:\n  grafana:\n    enabled: true\n";
        assertThat(Texts.errors(text)).isEmpty();
        assertThat(Texts.warnings(text))
                .contains(new FileFinding(
                        FileFinding.Severity.WARNING,
                        "/monitoring/grafana/port",
                        new SourceMark(19, 3),
                        "port",
                        "",
                        "/services/web/port has port 3000; both cannot be on one server"));
        for (String other : new String[] {text.replace("enabled: true", "enabled: false"), text + "    port: 3001\n"}) {
            assertThat(Texts.warnings(other)).isEmpty();
        }
    }

    @Test
    void whatNothingActsOnSaysWhereItIsSet() {
        String text = Texts.LEAST + """
                load_balancer: {stats_port: 8405, https_enabled: true, cert_path: /etc/smo/web.pem}
                autoscaler:
                  log_level: DEBUG
                  backup: {path: /opt/autoscaler/backups}
                """;
        assertThat(Texts.errors(text)).isEmpty();
        assertThat(Texts.warnings(text))
                .extracting(FileFinding::pointer)
                .containsExactly(
                        "/load_balancer/stats_port",
                        "/load_balancer/https_enabled",
                        "/load_balancer/cert_path",
                        "/autoscaler/log_level",
                        "/autoscaler/backup/path");
        assertThat(Texts.warnings(text))
                .extracting(FileFinding::rule)
                .anySatisfy(rule -> assertThat(rule).contains("statisticsPort"))
                .anySatisfy(rule -> assertThat(rule).contains("logback.xml"))
                .anySatisfy(rule -> assertThat(rule).contains("backupFolders"));
        assertThat(Texts.warnings(Texts.LEAST + "autoscaler: {backup: {path: backups/shop, retention_days: 3}}\n"))
                .isEmpty();
    }

    /** A file is used when it has no error, so none may be lost. */
    @Test
    void warningsLeaveErrorsTheirRoom() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2 * FileFindings.MOST; i++) {
            lines.append("unknown%d: 1\n".formatted(i));
        }
        FileReport report = Texts.READER.lint(Texts.service(lines + "environment: { A: \"x${B}\" }\n"));
        assertThat(report.warnings()).hasSize(FileFindings.MOST);
        assertThat(report.errors()).extracting(FileFinding::pointer).containsExactly("/services/web/environment/A");
        assertThat(report.file()).isEmpty();
    }
}
