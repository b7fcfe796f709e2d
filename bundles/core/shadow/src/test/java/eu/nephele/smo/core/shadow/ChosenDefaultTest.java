// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** F-54: a default is set by a command, and counts when that has ended. */
class ChosenDefaultTest {

    private final StrategyCatalog catalog = mock();
    private final ConfigurationFile file = mock();
    private final Map<String, String> counting = new TreeMap<>(Map.of("initialPlacement", "first-fit", "scaling", ""));
    private Map<String, Object> written = Map.of();

    @BeforeEach
    void given() {
        when(catalog.defaults()).thenAnswer(call -> counting.entrySet().stream()
                .map(entry -> new Default(entry.getKey(), entry.getValue(), false, ""))
                .toList());
        when(catalog.defaultWith(anyString(), anyString()))
                .thenAnswer(call -> new Default(
                        call.getArgument(0),
                        call.getArgument(1),
                        true,
                        call.getArgument(1).equals("nosuch") ? "no placement strategy 'nosuch' is installed" : ""));
        when(file.present()).thenReturn(Map.of("poolSize", "4", "scalingParameters", "{\"low\":1}"));
    }

    private void filesCount() {
        doAnswer(call -> {
                    written = call.getArgument(0);
                    counting.replaceAll((key, value) -> (String) written.getOrDefault(key, value));
                    return null;
                })
                .when(file)
                .write(any());
    }

    private Default set(String key, String value) {
        return new ChosenDefault(catalog, file, Duration.ofMillis(200)).set(key, value);
    }

    @Test
    void itIsWrittenBesideWhatIsConfiguredAndCountsAtTheEnd() {
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
        verify(file, never()).write(any());
    }

    /** With --config the server reads another folder than that of its data directory. */
    @Test
    void itIsWrittenWhereTheServerReads(@TempDir Path folder) {
        BundleContext context = mock();
        when(context.getProperty("smo.data")).thenReturn(folder.resolve("data").toString());
        when(context.getProperty("felix.fileinstall.dir"))
                .thenReturn(folder.resolve("config").toString());
        ShadowConfig config = mock();
        when(config.smo_data()).thenReturn("");

        ConfigurationFile.inData(mock(), config, context, "pid").write(Map.of("scaling", "optimal"));

        assertThat(folder.resolve("config/pid.config")).content().contains("scaling=\"optimal\"");
    }

    @Test
    void whatDoesNotComeIntoForceIsSaid() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> set("initialPlacement", "greedy"))
                .withMessageContaining("does not count")
                .satisfies(late -> assertThat(late.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
        assertThat(List.copyOf(counting.values())).contains("first-fit");
    }
}
