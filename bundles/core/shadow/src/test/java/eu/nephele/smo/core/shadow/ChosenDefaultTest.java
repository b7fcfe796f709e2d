// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A default is set by a command, and counts when that has ended. */
class ChosenDefaultTest {

    private final StrategyCatalog catalog = mock();
    private final ConfigurationChanges file = mock();
    private final Map<String, String> counting = new TreeMap<>(Map.of("initialPlacement", "first-fit", "scaling", ""));
    private Map<String, Object> written = Map.of();

    @BeforeEach
    void given() {
        when(catalog.defaults(CallContext.INTERNAL)).thenAnswer(call -> counting.entrySet().stream()
                .map(entry -> new Default(entry.getKey(), entry.getValue(), false, ""))
                .toList());
        when(catalog.defaultWith(anyString(), anyString()))
                .thenAnswer(call -> new Default(
                        call.getArgument(0),
                        call.getArgument(1),
                        true,
                        call.getArgument(1).equals("nosuch") ? "no placement strategy 'nosuch' is installed" : ""));
        when(file.present(StrategyDefaults.PID))
                .thenReturn(Map.of("poolSize", "4", "scalingParameters", "{\"low\":1}"));
    }

    private void filesCount() {
        doAnswer(call -> {
                    written = call.getArgument(1);
                    counting.replaceAll((key, value) -> (String) written.getOrDefault(key, value));
                    return null;
                })
                .when(file)
                .write(eq(StrategyDefaults.PID), any());
    }

    private Default set(String key, String value) {
        return new ChosenDefault(catalog, file, Duration.ofMillis(200)).set(key, value);
    }

    @Test
    void aChosenDefaultIsWrittenBesideTheConfigurationAndAppliesLast() {
        filesCount();

        assertThat(set("initialPlacement", "greedy").value()).isEqualTo("greedy");
        assertThat(written)
                .containsEntry("initialPlacement", "greedy")
                .containsEntry("poolSize", "4")
                .containsEntry("scalingParameters", "{\"low\":1}");
    }

    @Test
    void anotherScalerBeginsWithItsOwnParameters() {
        filesCount();

        set("scaling", "threshold");

        assertThat(written).containsEntry("scaling", "threshold").containsEntry("scalingParameters", "{}");
    }

    @Test
    void whatWouldHaveNoEffectIsRefusedAndNothingIsWritten() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> set("initialPlacement", "nosuch"))
                .satisfies(refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.pointer()).isEqualTo("/value")));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> set("nokey", "greedy"))
                .withMessageContaining("[initialPlacement, scaling]")
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
        verify(file, never()).write(any(), any());
    }

    @Test
    void whileNobodyWritesConfigurationNothingIsChangedAndItIsSaidWhatToDo() {
        CurrentConfigurationWriter nobody = new CurrentConfigurationWriter();
        nobody.come(file);
        nobody.gone(mock());
        assertThat(nobody.present(StrategyDefaults.PID)).containsEntry("poolSize", "4");
        nobody.gone(file);

        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() ->
                        new ChosenDefault(catalog, nobody, Duration.ofMillis(200)).set("initialPlacement", "greedy"))
                .withMessageContaining("try again")
                .satisfies(away -> assertThat(away.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
        verify(file, never()).write(any(), any());
    }

    @Test
    void whatDoesNotComeIntoForceIsSaid() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> set("initialPlacement", "greedy"))
                .withMessageContaining("is stored but not in force")
                .satisfies(late -> assertThat(late.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
        assertThat(List.copyOf(counting.values())).contains("first-fit");
    }
}
