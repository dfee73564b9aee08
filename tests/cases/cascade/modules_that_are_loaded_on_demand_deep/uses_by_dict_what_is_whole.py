from by_dict import sound
