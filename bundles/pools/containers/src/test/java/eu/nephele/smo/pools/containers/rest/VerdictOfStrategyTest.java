// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.rest.ScalingVerdict.ScalingSituation;
import eu.nephele.smo.scaling.cputhreshold.CpuThresholdParameters;
import eu.nephele.smo.scaling.cputhreshold.CpuThresholdStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What an explanation says of thresholds is what the strategy that scales by them answers. */
class VerdictOfStrategyTest {

    private static final ClusterId SERVER = new ClusterId("docker", "edge-1");
    private static final Resources ONE = new Resources(0, 0, 0, 0, Map.of(Resources.CONTAINERS, 1L));
    private static final Resources ROOM = new Resources(0, 0, 0, 0, Map.of(Resources.CONTAINERS, 100L));

    @Test
    void bothDecideTheSame() {
        ServiceEntry web = Texts.read(Texts.LEAST).service("web").orElseThrow();
        for (int replicas = 1; replicas <= 5; replicas++) {
            for (double percent = 0; percent <= 110; percent += 2.5) {
                for (int rest : List.of(0, 30)) {
                    ScalingVerdict verdict = ScalingVerdict.judge(
                            web,
                            new ScalingSituation(
                                    OptionalInt.of(replicas),
                                    false,
                                    Optional.empty(),
                                    Duration.ofSeconds(rest),
                                    true,
                                    OptionalDouble.of(percent)));
                    assertThat(verdict.to())
                            .as("%d at %.1f %%, %d s of cool-down: %s", replicas, percent, rest, verdict)
                            .isEqualTo(decided(web, replicas, percent, rest));
                }
            }
        }
    }

    private static int decided(ServiceEntry web, int replicas, double percent, int rest) {
        ScalingTarget target = ScalingTarget.builder(new GraphId("shop", "web"), "web", SERVER)
                .perReplica(ONE)
                .replicas(replicas)
                .bounds(web.replicas().min(), web.replicas().max())
                .sinceLastChange(web.cpu().cooldown().minusSeconds(rest))
                .metrics(Map.of(
                        ScalingMetric.named(MetricQuery.CPU_CORES), reading(percent / 100 * replicas),
                        ScalingMetric.named(MetricQuery.READY_REPLICAS), reading(replicas)))
                .build();
        CpuThresholdParameters parameters = new CpuThresholdParameters(
                web.cpu().up(), web.cpu().down(), (int) web.cpu().cooldown().toSeconds(), 1, Optional.of(1.0));
        Answer answer = new CpuThresholdStrategy()
                .scale(
                        ScalingRequest.of(List.of(target), List.of(ClusterCapacity.of(SERVER, ROOM))),
                        SimpleContext.unlimited().withParameters(parameters))
                .answers()
                .get(0);
        return answer instanceof Replicas wanted ? wanted.replicas() : replicas;
    }

    private static MetricReading reading(double value) {
        return new MetricReading(OptionalDouble.of(value), LoadSeries.EMPTY, Optional.empty(), Optional.empty());
    }
}
