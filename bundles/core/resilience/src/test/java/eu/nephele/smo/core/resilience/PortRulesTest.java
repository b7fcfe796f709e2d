// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRulesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                AlertRules.class,
                ArtifactRepository.class,
                AuditSink.class,
                ClusterRegistry.class,
                DashboardPublisher.class,
                InfrastructureProvider.class,
                MetricsSource.class,
                NetworkFabric.class,
                SignalSource.class,
                WorkloadDeployer.class,
                WorkloadRuntime.class
            })
    void everyMethodOfEveryPortHasARule(Class<?> port) {
        assertThat(Arrays.stream(port.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers())))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(PortRules.knows(port, method))
                        .as("%s in the table", method)
                        .isTrue())
                .allSatisfy(method -> assertThat(PortRules.of(port, method) == Rule.STAGE)
                        .as("%s gives a stage", method)
                        .isEqualTo(CompletionStage.class.isAssignableFrom(method.getReturnType())));
    }

    @Test
    void whatNobodyHasThoughtOfIsCalledOnce() throws NoSuchMethodException {
        assertThat(PortRules.of(Runnable.class, Runnable.class.getMethod("run")))
                .isEqualTo(Rule.ONCE);
        assertThat(PortRules.of(CompletionStage.class, CompletionStage.class.getMethod("toCompletableFuture")))
                .isEqualTo(Rule.STAGE);
    }

    @Test
    void whatHasAnEffectThatMayCountTwiceIsNotRepeated() throws NoSuchMethodException {
        assertThat(PortRules.of(
                                InfrastructureProvider.class,
                                InfrastructureProvider.class.getMethod("scale", String.class, int.class))
                        .repeatable())
                .isFalse();
    }
}
