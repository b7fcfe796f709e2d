// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.pools.containers.ContainersFileReader;
import eu.nephele.smo.pools.containers.FileReport;
import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A file of the original with all of its keys works as it is. */
class OriginalFileTest {

    private static final Instant NOON = Instant.parse("2026-06-01T06:00:00Z");

    /** The keys of the original, as its specification lists them; those of lists and maps of names without the name. */
    private static final Set<String> KEYS = Set.of(
            "load_balancer.stats_port",
            "load_balancer.https_enabled",
            "load_balancer.cert_path",
            "servers.host",
            "servers.name",
            "servers.ssh_user",
            "servers.ssh_key",
            "servers.ssh_port",
            "servers.max_containers",
            "servers.role",
            "services.image",
            "services.port",
            "services.min_replicas",
            "services.max_replicas",
            "services.scale_up_threshold",
            "services.scale_down_threshold",
            "services.cooldown_period",
            "services.business_hours_only",
            "services.health_check.path",
            "services.health_check.port",
            "services.health_check.interval",
            "services.health_check.timeout",
            "services.volumes",
            "services.environment",
            "monitoring.prometheus.enabled",
            "monitoring.prometheus.port",
            "monitoring.prometheus.retention",
            "monitoring.grafana.enabled",
            "monitoring.grafana.port",
            "monitoring.grafana.admin_password",
            "autoscaler.check_interval",
            "autoscaler.business_hours.start",
            "autoscaler.business_hours.end",
            "autoscaler.business_hours.timezone",
            "autoscaler.log_level",
            "autoscaler.backup.enabled",
            "autoscaler.backup.path",
            "autoscaler.backup.retention_days");

    private static String text() throws IOException {
        try (InputStream in = OriginalFileTest.class.getResourceAsStream("/original/config.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itHasEachKeyOfTheOriginalAndNoOther() throws Exception {
        JsonNode file = new YAMLMapper().readTree(text());
        Set<String> keys = new TreeSet<>();
        add(keys, "load_balancer", file.path("load_balancer"));
        file.path("servers").forEach(server -> add(keys, "servers", server));
        file.path("services").forEach(service -> add(keys, "services", service));
        add(keys, "monitoring", file.path("monitoring"));
        add(keys, "autoscaler", file.path("autoscaler"));
        assertThat(keys).isEqualTo(new TreeSet<>(KEYS));
    }

    private static void add(Set<String> keys, String place, JsonNode members) {
        members.properties().forEach(member -> {
            String key = place + "." + member.getKey();
            if (member.getValue().isObject() && !key.equals("services.environment")) {
                add(keys, key, member.getValue());
            } else {
                keys.add(key);
            }
        });
    }

    @Test
    void itIsReadWithoutErrorsAndEachServiceIsAGraphThatTheCoreReads() throws Exception {
        FileReport report = new ContainersFileReader(Map.of()).lint(text());
        assertThat(report.errors()).isEmpty();
        ContainersFile file = report.file().orElseThrow();
        assertThat(file.servers()).extracting(server -> server.name()).containsExactly("hp", "asus");
        assertThat(file.services()).extracting(ServiceEntry::name).containsExactly("api", "web", "jobs");
        DescriptorsOfTests core = new DescriptorsOfTests();
        ServiceDescriptors descriptors = new ServiceDescriptors(Optional.empty());
        for (ServiceEntry service : file.services()) {
            JsonObject descriptor = descriptors.descriptor(file, service, NOON);
            assertThat(core.read(descriptor).services()).singleElement().satisfies(read -> assertThat(read.id())
                    .isEqualTo(service.name()));
        }
        file.servers().forEach(server -> assertThat(ServerConfigurations.properties(file, server))
                .containsEntry("name", server.name()));
    }

    @Test
    void whatNothingActsOnIsSaid() throws Exception {
        assertThat(new ContainersFileReader(Map.of()).lint(text()).warnings())
                .extracting(FileFinding::pointer)
                .allMatch(pointer -> pointer.startsWith("/load_balancer")
                        || pointer.startsWith("/monitoring")
                        || pointer.startsWith("/autoscaler"));
    }
}
