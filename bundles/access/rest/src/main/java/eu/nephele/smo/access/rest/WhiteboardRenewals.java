// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.service.jakartars.whiteboard.JakartarsWhiteboardConstants;

/**
 * Detects when the whiteboard is about to renew the application: when resources or extensions of others are added,
 * changed or removed. The whiteboard then waits for all calls and blocks new ones.
 */
final class WhiteboardRenewals implements AutoCloseable {

    private static final String FILTER = "(|(%s=true)(%s=true))"
            .formatted(
                    JakartarsWhiteboardConstants.JAKARTA_RS_RESOURCE,
                    JakartarsWhiteboardConstants.JAKARTA_RS_EXTENSION);

    private final BundleContext context;
    private final ServiceListener listener;

    /** @param before called before each renewal; must return soon */
    WhiteboardRenewals(BundleContext context, Runnable before) {
        this.context = context;
        this.listener = event -> before.run();
        try {
            context.addServiceListener(listener, FILTER);
        } catch (InvalidSyntaxException bug) {
            throw new IllegalStateException(FILTER, bug);
        }
    }

    @Override
    public void close() {
        context.removeServiceListener(listener);
    }
}
