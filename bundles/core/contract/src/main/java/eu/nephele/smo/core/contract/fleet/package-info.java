// SPDX-License-Identifier: Apache-2.0
/** Plans for many graphs together, and what the engine shows and does for them. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.fleet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
