// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Keeps code of plugins from ending the process: examines each of their classes when it is loaded. */
public final class ProcessCallWeaver implements WeavingHook {

    /** Created in advance, while there is memory for it. */
    private final WeavingException exhausted = new WeavingException(
            "a class cannot be examined, so it is not loaded: no stack or no memory is left for it");

    private final ProductInventory product;

    public ProcessCallWeaver(ProductInventory product) {
        this.product = product;
    }

    @Override
    public void weave(WovenClass woven) {
        try {
            if (product.includes(woven.getBundleWiring().getBundle())) {
                return;
            }
            ProcessCallRewriter.replacedIn(woven.getBytes()).ifPresent(woven::setBytes);
        } catch (StackOverflowError | OutOfMemoryError noRoom) {
            // nothing can be made now, not even a message
            throw exhausted;
        } catch (RuntimeException | Error unreadable) {
            // any other exception would take this hook out of use for good
            throw new WeavingException(
                    "%s cannot be examined, so it is not loaded: %s".formatted(woven.getClassName(), unreadable),
                    unreadable);
        }
    }
}
