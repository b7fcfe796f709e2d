// SPDX-License-Identifier: Apache-2.0
/** Where services run, as numbers: the assignment problem, its searches, and the bounds that tell how good an answer is. */
@Export
@Version("0.2.0")
package eu.nephele.smo.placement.solver;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
