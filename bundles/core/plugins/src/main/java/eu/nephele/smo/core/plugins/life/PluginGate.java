// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
import eu.nephele.smo.core.plugins.admission.InternalPackages;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Two gates for every plugin: a bundle that is not admitted is not resolved by the framework, so that none of its code
 * runs; a bundle whose gate is closed is not used by the registry of strategies. Whatever a bundle requires, the
 * framework wires no plugin to internals of the product, and the product to no classes of plugins.
 */
public final class PluginGate implements ServiceGate, ResolverHookFactory, CollisionHook {

    private final ProductInventory product;
    private final Set<Long> admitted = ConcurrentHashMap.newKeySet();
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ResolverHook hook = new AdmittedOnly(false);
    private final ResolverHook prevention = new AdmittedOnly(true);

    public PluginGate(ProductInventory product) {
        this.product = product;
    }

    public void admit(Collection<Bundle> bundles) {
        bundles.forEach(bundle -> admitted.add(bundle.getBundleId()));
    }

    /** Nothing new of a bundle is resolved, and its services are not used any more. */
    public void bar(Collection<Bundle> bundles) {
        bundles.forEach(bundle -> admitted.remove(bundle.getBundleId()));
        close(bundles);
    }

    public void open(Collection<Bundle> bundles) {
        bundles.forEach(bundle -> open.add(bundle.getBundleId()));
        listeners.forEach(Runnable::run);
    }

    public void close(Collection<Bundle> bundles) {
        bundles.forEach(bundle -> open.remove(bundle.getBundleId()));
        listeners.forEach(Runnable::run);
    }

    public boolean admits(Bundle bundle) {
        return product.includes(bundle) || admitted.contains(bundle.getBundleId());
    }

    @Override
    public boolean open(long bundleId) {
        return open.contains(bundleId);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return triggers.stream().allMatch(trigger -> admits(trigger.getBundle())) ? hook : prevention;
    }

    /** Two contents of one name and version are there while one takes the place of the other; admission lets no other pair in. */
    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
        if (operation == INSTALLING && product.isItself(target)) {
            candidates.removeIf(other -> other.getLocation().startsWith(ProductInventory.PLUGIN_LOCATION));
        }
    }

    private final class AdmittedOnly implements ResolverHook {
        private final boolean prevents;

        /**
         * @param prevents whether a bundle that is not admitted is to be resolved. Otherwise no candidate is removed:
         *     Felix 7 then finds no package of a resolved bundle, and a bundle that starts just then fails.
         */
        AdmittedOnly(boolean prevents) {
            this.prevents = prevents;
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            if (prevents) {
                candidates.removeIf(candidate -> !admits(candidate.getBundle()));
            }
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            boolean admitted = admits(bundle(singleton));
            collisionCandidates.removeIf(other -> admits(bundle(other)) != admitted);
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            Bundle requirer = requirement.getRevision().getBundle();
            if (!admits(requirer)) {
                candidates.clear();
                return;
            }
            boolean ofProduct = product.includes(requirer);
            candidates.removeIf(candidate -> {
                if (product.includes(bundle(candidate))) {
                    return !ofProduct && InternalPackages.include(candidate);
                }
                return !admits(bundle(candidate)) || (ofProduct && InternalPackages.isWiring(candidate));
            });
        }

        private static Bundle bundle(BundleCapability capability) {
            return capability.getRevision().getBundle();
        }

        @Override
        public void end() {
            // nothing was kept
        }
    }
}
