//! The pause: by the guardian for a while, by the council until it says otherwise.

use super::*;

const DAY: i128 = 86_400;

impl Model {
    pub(super) fn guardian_pause(&mut self, by: Actor, signed: bool) -> Due {
        if !signed {
            return Err(NOT_SIGNED);
        }
        let config = self.config()?;
        require(config.guardian == Some(by), RestakingError::NotGuardian)?;
        require(!self.is_paused(), RestakingError::AlreadyPaused)?;
        require(!self.is_cooling_down(), RestakingError::GuardianCoolingDown)?;
        let now = self.now;
        let config = self.config_mut();
        config.pause = Pause::Guardian;
        config.guardian_paused_at = Some(now);
        Ok(())
    }

    /// A guardian's pause is over seven days after it began.
    pub fn is_paused(&self) -> bool {
        let Some(config) = &self.config else { return false };
        match config.pause {
            Pause::Off => false,
            Pause::Council => true,
            Pause::Guardian => self.is_since(config.guardian_paused_at, 7 * DAY),
        }
    }

    /// It cannot begin again within fourteen days of its start.
    fn is_cooling_down(&self) -> bool {
        self.config.as_ref().is_some_and(|config| self.is_since(config.guardian_paused_at, 14 * DAY))
    }

    fn is_since(&self, start: Option<i64>, seconds: i128) -> bool {
        start.is_some_and(|start| i128::from(self.now) < i128::from(start) + seconds)
    }
}
