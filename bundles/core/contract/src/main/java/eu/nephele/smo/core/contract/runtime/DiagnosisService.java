// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Collects what a person needs to find out what is wrong with this server. Secrets are not in it. */
public interface DiagnosisService {

    /**
     * Collects everything into one archive.
     *
     * @param recording how long to record with Java Flight Recorder, {@link Profiler#LONGEST} at most; empty: not at all
     * @param givenUp polled now and then: whether the caller has gone
     * @return a ZIP file of bounded size; the caller deletes it
     * @throws SmoException {@code CONFLICT}: another one is being made; {@code UNAVAILABLE}: it cannot be written
     */
    Path diagnose(Optional<Duration> recording, BooleanSupplier givenUp, CallContext call);
}
