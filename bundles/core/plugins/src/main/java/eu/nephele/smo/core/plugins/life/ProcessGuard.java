// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Keeps code of plugins from ending the process: looks at each of their classes when it is loaded. */
public final class ProcessGuard implements WeavingHook {

    private final Product product;

    public ProcessGuard(Product product) {
        this.product = product;
    }

    @Override
    public void weave(WovenClass woven) {
        if (product.includes(woven.getBundleWiring().getBundle())) {
            return;
        }
        try {
            ProcessCalls.replacedIn(woven.getBytes()).ifPresent(woven::setBytes);
        } catch (RuntimeException unreadable) {
            // any other exception would take this hook out of use for good
            throw new WeavingException(
                    "%s cannot be examined, so it is not loaded: %s".formatted(woven.getClassName(), unreadable),
                    unreadable);
        }
    }
}
