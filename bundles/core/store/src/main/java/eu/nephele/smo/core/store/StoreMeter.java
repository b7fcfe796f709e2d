// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(
        immediate = true,
        service = {})
public final class StoreMeter {

    @Activate
    public StoreMeter(@Reference Database database, @Reference MetricsRecorder metricsRecorder) {
        metricsRecorder.gauge("smo_store_statements", Map.of(), database, Database::statements);
    }
}
