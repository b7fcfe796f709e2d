// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.controller;

import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;

/**
 * An available controller, with its kind as it was read once.
 *
 * @param inside running calls of it
 * @param lost calls of it that did not end although they were given up
 * @param fits whether all documents that are stored are known to satisfy the schema
 */
public record InstalledController(
        ResourceController controller,
        ResourceKind kind,
        Validator checker,
        Bundle bundle,
        ShutdownGate inside,
        AtomicInteger lost,
        AtomicBoolean fits,
        CallRecord record) {

    public InstalledController(ResourceController controller, ResourceKind kind, Validator checker, Bundle bundle) {
        this(
                controller,
                kind,
                checker,
                bundle,
                new ShutdownGate(),
                new AtomicInteger(),
                new AtomicBoolean(),
                new CallRecord(System::nanoTime));
    }

    /** The bundle with its version, for people. */
    public String origin() {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
