// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.core.contract.descriptor.DocumentSchemas.Checker;
import eu.nephele.smo.core.contract.plugin.Occupancy;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;

/**
 * A controller that is there, with its kind as it said it once.
 *
 * @param checker of the documents of the kind
 * @param bundle that it comes from
 * @param inside the calls that are in it now
 * @param lost calls in it that did not end although they were given up
 */
record Installed(
        ResourceController controller,
        ResourceKind kind,
        Checker checker,
        Bundle bundle,
        Occupancy inside,
        AtomicInteger lost) {

    Installed(ResourceController controller, ResourceKind kind, Checker checker, Bundle bundle) {
        this(controller, kind, checker, bundle, new Occupancy(), new AtomicInteger());
    }

    /** The bundle with its version, for people. */
    String origin() {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
