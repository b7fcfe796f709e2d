// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.trace.InstalledTracing;
import eu.nephele.smo.core.contract.trace.Tracing;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Dependencies that the engine calls. */
@Component(service = EngineDependencies.class)
public record EngineDependencies(
        EngineStores engineStores,
        DescriptorReader reader,
        IntentTranslator translator,
        PlacementDecider placement,
        ScalingDecider scaling,
        DecisionJournal journal,
        AccessControl access,
        Tracing tracing) {

    /** Without traces. */
    public EngineDependencies(
            EngineStores engineStores,
            DescriptorReader reader,
            IntentTranslator translator,
            PlacementDecider placement,
            ScalingDecider scaling,
            DecisionJournal journal,
            AccessControl access) {
        this(engineStores, reader, translator, placement, scaling, journal, access, Tracing.off());
    }

    @Activate
    public EngineDependencies(
            BundleContext context,
            @Reference EngineStores engineStores,
            @Reference DescriptorReader reader,
            @Reference IntentTranslator translator,
            @Reference PlacementDecider placement,
            @Reference ScalingDecider scaling,
            @Reference DecisionJournal journal) {
        this(
                engineStores,
                reader,
                translator,
                placement,
                scaling,
                journal,
                new InstalledAccess(context),
                new InstalledTracing(context));
    }

    @Deactivate
    void close() {
        access.close();
        if (tracing instanceof InstalledTracing installed) {
            installed.close();
        }
    }
}
