// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Publishes a strategy under the id that the manifest gives; a system property counts how often its code was run. */
public class Offering implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        System.setProperty("sample.ran." + context.getBundle().getSymbolicName(), "true");
        String id = context.getBundle().getHeaders("").get("X-Strategy");
        context.registerService(
                PlacementStrategy.class,
                new AllOnFirst(),
                FrameworkUtil.asDictionary(Map.of(PlacementStrategy.ID, id == null ? "sample" : id)));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }
}
