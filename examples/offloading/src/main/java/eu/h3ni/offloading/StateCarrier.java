// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.MoveHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Carries the state of a service along when it moves: takes it from the old place before anything changes, hands it to
 * the new one when the service is ready there. The same move may be notified again, before or after a restart: each
 * step is idempotent.
 */
// docs: hook
@Component(configurationPid = "eu.h3ni.offloading")
@Designate(ocd = OffloadingConfig.class)
public final class StateCarrier implements MoveHook {

    private final StateFiles files;

    @Activate
    public StateCarrier(BundleContext context, OffloadingConfig config) {
        this(Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse(""))
                .resolve(config.folder()));
    }

    StateCarrier(Path folder) {
        this.files = new StateFiles(folder);
    }

    @Override
    public void beforeMove(Move move) {
        Path carried = files.carried(move);
        Optional<Path> source = files.source(move);
        if (Files.exists(carried) || source.isEmpty()) {
            return; // taken already, or no state
        }
        try {
            StateFiles.copy(source.get(), carried);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "State of %s cannot be read from %s, the move has to wait"
                            .formatted(move.service(), move.from()),
                    failed);
        }
    }

    @Override
    public void afterMove(Move move) {
        Path carried = files.carried(move);
        if (!Files.exists(carried)) {
            return; // handed over already, or no state
        }
        try {
            for (ClusterId to : move.to()) {
                StateFiles.copy(carried, files.at(move, to));
            }
            for (ClusterId from : move.from()) {
                if (!move.to().contains(from)) {
                    Files.deleteIfExists(files.at(move, from));
                }
            }
            Files.delete(carried); // last: until then all steps above may be retried
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "State of %s cannot be written to %s, its old place has to stay"
                            .formatted(move.service(), move.to()),
                    failed);
        }
    }
}
// docs: end
