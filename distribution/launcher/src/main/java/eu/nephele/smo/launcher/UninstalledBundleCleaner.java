// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.lang.reflect.Field;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.launch.Framework;

/**
 * Has the framework forget bundles that were uninstalled. The service registry of Felix 7.0.5 keeps, for every bundle that ever used
 * a service, the count of its uses, which is 0 in the end, and with it the bundle and the index of its jar: some kilobytes for each
 * exchange of a plugin, for ever. There is no other way to these counts than their field.
 */
final class UninstalledBundleCleaner implements BundleListener {

    private final Map<?, ?> uses;

    private UninstalledBundleCleaner(Map<?, ?> uses) {
        this.uses = uses;
    }

    /** @throws ServerStartException when the framework is another one than this was written for */
    static void forgetBy(Framework framework) throws ServerStartException {
        try {
            Object registry = field(framework, "m_registry");
            framework.getBundleContext().addBundleListener(new UninstalledBundleCleaner((Map<?, ?>)
                    field(registry, "m_inUseMap")));
        } catch (ReflectiveOperationException other) {
            throw new ServerStartException(
                    ServerStartException.BROKEN,
                    "The OSGi framework in the folder lib is not that of this installation.",
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
