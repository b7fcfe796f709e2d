// SPDX-License-Identifier: Apache-2.0
/** The simulated federation, built from a scenario. */
@Export
@Version("0.1.0")
package eu.nephele.smo.lab.simulator.federation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
