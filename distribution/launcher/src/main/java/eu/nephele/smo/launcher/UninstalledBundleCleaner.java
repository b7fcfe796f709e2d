// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.lang.reflect.Field;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.launch.Framework;

/**
 * Removes uninstalled bundles from the service registry. For every bundle that ever used a service, the registry of
 * Felix 7.0.5 keeps the use count, which drops to 0, and with it the bundle and the index of its jar: a leak of some
 * kilobytes per update of a plugin. These counts are accessible through their field only.
 */
final class UninstalledBundleCleaner implements BundleListener {

    private final Map<?, ?> uses;

    private UninstalledBundleCleaner(Map<?, ?> uses) {
        this.uses = uses;
    }

    /** @throws ServerStartException when the framework has an unexpected structure */
    static void forgetBy(Framework framework) throws ServerStartException {
        try {
            Object registry = field(framework, "m_registry");
            framework.getBundleContext().addBundleListener(new UninstalledBundleCleaner((Map<?, ?>)
                    field(registry, "m_inUseMap")));
        } catch (ReflectiveOperationException other) {
            throw new ServerStartException(
                    ServerStartException.BROKEN,
                    "The OSGi framework in the folder lib does not belong to this installation.",
                    other);
        }
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.UNINSTALLED) {
            uses.remove(bundle);
        }
    }
}
