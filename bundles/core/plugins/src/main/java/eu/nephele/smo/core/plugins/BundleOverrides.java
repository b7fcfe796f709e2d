// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.Door;
import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.State;
import eu.nephele.smo.core.plugins.admission.FileRules;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Refusal;
import eu.nephele.smo.core.plugins.life.Product;
import eu.nephele.smo.core.plugins.life.ProductBundle;
import eu.nephele.smo.core.plugins.life.StartFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that take the place of bundles of the product. */
final class Overrides {

    private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);

    private final Tools tools;
    private final Product product;
    private final Raising raising;
    private final Installing installing;
    private final ProductBundle.Factory bundles;

    Overrides(Tools tools, Product product, Raising raising, Installing installing, ProductBundle.Factory bundles) {
        this.tools = tools;
        this.product = product;
        this.raising = raising;
        this.installing = installing;
        this.bundles = bundles;
    }

    /** Whether a file takes the place of a bundle of the product. */
    boolean concerns(PluginFile read) {
        return product.named(read.id()).isPresent();
    }

    /** Does all of it; the ticket says how it ended. */
    void install(Ticket ticket, PluginFile read, Door door) {
        PluginFile placed = read;
        try {
            List<Finding> findings = look(read);
            if (door != Door.FOLDER) {
                String name = installing.freeName(read);
                tools.folder().take(read.path(), name);
                tools.watch().seen(name);
                placed = read.movedTo(tools.folder().file(name));
            }
            take(ticket, placed, door, findings);
        } catch (Refusal | StartFailure | IOException failed) {
            installing.fail(ticket, placed, door, door == Door.FOLDER || !placed.equals(read), failed);
        }
    }

    private List<Finding> look(PluginFile read) throws Refusal {
        List<Finding> findings =
                FileRules.checkOverride(read, tools.settings().get().signature());
        Optional<String> fixed = product.named(read.id()).flatMap(Product::fixed);
        if (fixed.isPresent()) {
            throw new Refusal("replaces", fixed.get());
        }
        return findings;
    }

    private void take(Ticket ticket, PluginFile placed, Door door, List<Finding> findings)
            throws Refusal, StartFailure, IOException {
        ticket.run(Action.ADMIT, () -> "takes the place of a bundle of the product");
        ProductBundle bundle = bundles.of(product.named(placed.id()).orElseThrow());
        List<Held> before = tools.shelf().stored(placed.id(), Optional.empty()).stream()
                .filter(held -> held.plugin().replaces()
                        && !held.file().equals(String.valueOf(placed.path().getFileName())))
                .toList();
        Held held = record(placed, door, findings);
        if (bundle.takesUsAlong()) {
            tools.state().handedOver(ticket.id().orElseThrow());
        }
        try {
            ticket.run(Action.SWITCH, () -> {
                bundle.replace(placed, tools.folder().stage(placed));
                return "";
            });
        } catch (StartFailure failed) {
            // written before the former content comes back: where that is this room, it must not try again
            tools.shelf().state(held, State.FAILED, failed.getMessage());
            bundle.restore();
            if (!bundle.takesUsAlong()) {
                tools.shelf().remove(List.of(held));
            }
            throw failed;
        }
        if (bundle.takesUsAlong()) {
            return;
        }
        before.forEach(old -> {
            tools.discard(old.file());
            tools.shelf().remove(List.of(old));
        });
        tools.keep(held.file());
        tools.shelf().forgetShown(placed.id());
        ticket.succeed("takes the place of the bundle of the product; removing it brings that back");
        LOG.info("Bundle {} of the product is replaced by {}", placed.id(), placed.version());
        tools.chronicle()
                .tell(
                        "plugin.installed",
                        held.plugin(),
                        ticket.id(),
                        ticket.operation().origin().correlationId());
    }

    private Held record(PluginFile placed, Door door, List<Finding> findings) {
        Plugin plain = raising.record(
                placed,
                State.ACTIVE,
                door,
                findings,
                Optional.empty(),
                List.of(),
                tools.clock().instant());
        Plugin plugin = new Plugin(
                plain.id(),
                plain.version(),
                plain.artifact(),
                plain.state(),
                "takes the place of the bundle of the product",
                true,
                plain.door(),
                plain.admission(),
                plain.conformance(),
                plain.services(),
                plain.imports(),
                plain.times());
        return tools.shelf().put(new Held(plugin, true, List.of(), Optional.of(placed)));
    }

    /**
     * Applies one again after a restart.
     *
     * @return whether this room goes on; not when it has just replaced itself
     */
    boolean again(Held held, PluginFile read) {
        Optional<ProductBundle> bundle = product.named(read.id()).map(bundles::of);
        if (bundle.isEmpty() || bundle.get().holds(read)) {
            return true;
        }
        try {
            look(read);
            bundle.get().replace(read, tools.folder().stage(read));
            return !bundle.get().takesUsAlong();
        } catch (Refusal | StartFailure | IOException failed) {
            LOG.error("{} does not take the place of the bundle of the product: {}", read.name(), failed.getMessage());
            tools.shelf().state(held, State.FAILED, String.valueOf(failed.getMessage()));
            withdraw(held.plugin());
            return !bundle.get().takesUsAlong();
        }
    }

    /** Whether this room was itself exchanged meanwhile, so that its successor has the last word. */
    boolean havePassed() {
        return bundles.isOver();
    }

    /** Brings the product's own bundle back, for good. */
    void restore(Plugin plugin) throws IOException {
        withdraw(plugin);
    }

    /** Brings the product's own bundle back. */
    Optional<Finding> withdraw(Plugin plugin) {
        product.named(plugin.id()).map(bundles::of).ifPresent(bundle -> {
            try {
                bundle.restore();
            } catch (StartFailure failed) {
                LOG.error("The bundle {} of the product does not come back: {}", plugin.id(), failed.getMessage());
            }
        });
        return Optional.empty();
    }
}
