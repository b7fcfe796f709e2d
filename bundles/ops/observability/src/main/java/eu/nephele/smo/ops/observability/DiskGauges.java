// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Space of the disk with the data folder: the embedded database, the logs, the local file of the audit. */
@Component(
        immediate = true,
        service = {})
@Metric(
        value = "smo_disk_free_bytes",
        type = MetricType.GAUGE,
        unit = "bytes",
        meaning = "Free space of the disk with the data folder, as far as this process may use it")
@Metric(
        value = "smo_disk_size_bytes",
        type = MetricType.GAUGE,
        unit = "bytes",
        meaning = "Size of the disk with the data folder")
public final class DiskGauges {

    private final File data;

    @Activate
    public DiskGauges(BundleContext context, @Reference MetricsRecorder metricsRecorder) {
        this(new File(Optional.ofNullable(context.getProperty("smo.data")).orElse(".")), metricsRecorder);
    }

    DiskGauges(File data, MetricsRecorder metricsRecorder) {
        this.data = data;
        metricsRecorder.gauge("smo_disk_free_bytes", Map.of(), this, gauges -> gauges.data.getUsableSpace());
        metricsRecorder.gauge("smo_disk_size_bytes", Map.of(), this, gauges -> gauges.data.getTotalSpace());
    }
}
