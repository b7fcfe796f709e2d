// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a failure for whoever waits, instead of logging it as an error of the library: servers go away every day. */
abstract class QuietCallback<T> extends ResultCallback.Adapter<T> {

    private static final Logger LOG = LoggerFactory.getLogger(QuietCallback.class);

    private volatile Optional<Throwable> broken = Optional.empty();

    @Override
    public void onError(Throwable failure) {
        broken = Optional.of(failure);
        try {
            close();
        } catch (IOException closed) {
            LOG.debug("closing a stream failed", closed);
        }
    }

    /** @throws RuntimeException what went wrong, if something did */
    final void requireWhole() {
        broken.ifPresent(failure -> {
            throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        });
    }
}
