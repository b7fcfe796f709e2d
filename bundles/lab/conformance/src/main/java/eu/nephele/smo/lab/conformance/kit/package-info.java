// SPDX-License-Identifier: Apache-2.0
/** The kit as a whole: the checks of one published service, and the verdict. */
@Export
@Version("0.1.0")
package eu.nephele.smo.lab.conformance.kit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
