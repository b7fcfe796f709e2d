// SPDX-License-Identifier: Apache-2.0
/** Events: written with each change, published afterwards. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
