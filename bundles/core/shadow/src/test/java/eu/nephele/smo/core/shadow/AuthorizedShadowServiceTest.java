// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import eu.nephele.smo.core.contract.decision.DefaultsControl;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.Shadow.ShadowScope;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ComparedDecision;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.lab.testkit.Await;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthorizedShadowServiceTest extends DoorContract {

    private final MemoryShadowStore store = new MemoryShadowStore();
    private final ConfigurationChanges configuration = mock();
    private final ShadowLifecycle shadows = shadows();
    private final AuthorizedShadowService authorizedShadowService = new AuthorizedShadowService(shadows, rights);
    private Shadow shadow;

    private ShadowLifecycle shadows() {
        StrategyCatalog catalog = mock();
        StrategyControl control = mock();
        when(catalog.check(any(), any(), any())).thenReturn(List.of());
        when(control.standings(CallContext.INTERNAL))
                .thenReturn(List.of(Given.standing(StrategyRef.PLACEMENT, "x", "1.0.0", State.USED)));
        CurrentConfigurationWriter configurations = new CurrentConfigurationWriter();
        configurations.come(configuration);
        return new ShadowLifecycle(
                ShadowSettings.DEFAULTS,
                store,
                new ShadowDependencies(new ScriptedTrials(), Given.pricing(), catalog, control),
                promotion -> Optional.empty(),
                mock(DescriptorReader.class),
                configurations,
                Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    @BeforeAll
    void begin() {
        shadows.begin();
        shadow = authorizedShadowService.begin(
                StrategyRef.PLACEMENT, StrategySelection.ofId("x"), ShadowScope.ALL, CallContext.INTERNAL);
        shadows.placed(Given.live(Given.graph("mine", "x"), Given.placed(Given.C2)));
        shadows.placed(Given.live(Given.graph("theirs", "x"), Given.placed(Given.C2)));
        awaitComparisons();
    }

    private void awaitComparisons() {
        Await.until("no comparison is pending", () -> shadows.idle());
    }

    @AfterAll
    void end() {
        authorizedShadowService.close();
        shadows.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(ShadowService.class, authorizedShadowService, DefaultsControl.class, authorizedShadowService);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return Set.of("shadows", "report").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(
                String.class, text(method),
                StrategySelection.class, StrategySelection.ofId("x"),
                ShadowScope.class, ShadowScope.ALL);
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    private String text(Method method) {
        return switch (method.getName()) {
            case "begin" -> StrategyRef.PLACEMENT;
            case "set" -> "initialPlacement";
            default -> shadow.id();
        };
    }

    @Override
    protected Object stored() {
        return List.of(
                store.list(), mockingDetails(configuration).getInvocations().size());
    }

    @Test
    void promotionForManyGraphsNeedsTheRightToSetDefaults() {
        rights.hide(target -> target.equals(ResourceRef.all("default")));
        Object before = stored();
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> authorizedShadowService.promote(shadow.id(), ANNA))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aReportNamesNoGraphsThatTheReaderMayNotSee() {
        rights.hideProjects(Set.of("theirs"));
        ShadowReport all = authorizedShadowService
                .report(shadow.id(), CallContext.INTERNAL)
                .orElseThrow();
        ShadowReport hers = authorizedShadowService.report(shadow.id(), ANNA).orElseThrow();
        assertThat(all.latest()).extracting(ComparedDecision::graph).contains("mine/x", "theirs/x");
        assertThat(hers.latest()).extracting(ComparedDecision::graph).containsOnly("mine/x");
        assertThat(hers.counts()).as("sums are the shadow's").isEqualTo(all.counts());
    }

    @Test
    void theReportAtTheEndNamesNoneEither() {
        Shadow other = authorizedShadowService.begin(
                StrategyRef.PLACEMENT, StrategySelection.ofId("x"), ShadowScope.ALL, CallContext.INTERNAL);
        shadows.placed(Given.live(Given.graph("theirs", "x"), Given.placed(Given.C2)));
        awaitComparisons();
        assertThat(authorizedShadowService
                        .report(other.id(), CallContext.INTERNAL)
                        .orElseThrow()
                        .latest())
                .isNotEmpty();
        rights.hideProjects(Set.of("theirs"));
        assertThat(authorizedShadowService.end(other.id(), ANNA).latest()).isEmpty();
    }
}
