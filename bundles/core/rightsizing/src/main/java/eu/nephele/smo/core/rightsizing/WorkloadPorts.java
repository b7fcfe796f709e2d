// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The ports that know charts and pods. They come and go, so they are looked up at each question.
 *
 * @param deployers by type of artifacts, in lower case
 * @param runtimes of all sources of clusters
 */
public record WorkloadPorts(
        Function<String, Optional<WorkloadDeployer>> deployers, Supplier<Collection<WorkloadRuntime>> runtimes) {}
