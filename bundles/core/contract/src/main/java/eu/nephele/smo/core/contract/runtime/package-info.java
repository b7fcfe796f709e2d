// SPDX-License-Identifier: Apache-2.0
/** Present activity of the server, for operators. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
