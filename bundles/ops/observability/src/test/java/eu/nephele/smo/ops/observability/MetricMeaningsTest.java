// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What a metric means is read from the bundle that records it. */
final class MetricMeaningsTest {

    private final BundleContext context = mock(BundleContext.class);

    @Test
    void findsTheMeaningOfAMetricInAnyBundle() {
        Bundle without = mock(Bundle.class);
        Bundle uninstalled = mock(Bundle.class);
        Bundle engine = bundle(Map.of("name", "smo_engine_graphs", "meaning", "Graphs by phase"));
        when(without.adapt(BundleRevision.class)).thenReturn(mock(BundleRevision.class));
        when(context.getBundles()).thenReturn(new Bundle[] {without, uninstalled, engine});

        MetricMeanings meanings = new MetricMeanings(context);

        assertThat(meanings.apply("smo_engine_graphs")).isEqualTo("Graphs by phase");
        assertThat(meanings.apply("smo_engine_graph")).isEmpty();
    }

    private static Bundle bundle(Map<String, Object> attributes) {
        BundleCapability capability = mock(BundleCapability.class);
        when(capability.getAttributes()).thenReturn(attributes);
        BundleRevision revision = mock(BundleRevision.class);
        when(revision.getDeclaredCapabilities("smo.metric")).thenReturn(List.of(capability));
        Bundle bundle = mock(Bundle.class);
        when(bundle.adapt(BundleRevision.class)).thenReturn(revision);
        return bundle;
    }
}
